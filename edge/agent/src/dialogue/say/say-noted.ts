import type { Move } from '../decide/move.ts';
import type { AnswerContext, Said } from './answer-context.ts';
import { explain } from './say-fault.ts';
import { say } from './wording.ts';

/** What somebody saw, heard or smelled is heeded: first what keeps them safe where it is so, then what it means for the machine. */
export function sayNoted(move: Extract<Move, { kind: 'noted' }>, context: AnswerContext): Said {
  const { locale, thing } = context;
  const seen = move.answer === 'yes' ? thing && context.packOf(thing.id)?.observations[move.observation] : undefined;
  const mind = seen?.mind?.[locale];
  const noted = say(move.answer === 'unsure' ? 'notedUnsure' : 'notedYes', locale);
  const grounds = mind === undefined ? [] : [mind];
  if (!move.fault) {
    const nothing = context.question || context.test || mind ? undefined : say('notedNothing', locale);
    return { parts: [mind, noted, nothing], safetyFirst: mind !== undefined, shows: { do: [mind] }, rung: 'diagnosis', grounds };
  }
  const explained = explain(move.fault, [], { ...context, manner: { brief: true } });
  const [advice, ...rest] = explained.parts;
  // Danger that is smelled outweighs what the sensors allow: beside it nobody is told that they may drive gently.
  const first = [mind, mind === undefined || move.fault.safety === 'stop' ? advice : undefined];
  return {
    ...explained,
    parts: [...first, noted, ...rest],
    safetyFirst: mind !== undefined || explained.safetyFirst === true,
    shows: { ...explained.shows, do: first },
    grounds: [...(explained.grounds ?? []), ...grounds],
  };
}
