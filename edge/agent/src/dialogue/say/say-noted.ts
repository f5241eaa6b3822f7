import type { Move } from '../decide/move.ts';
import type { AnswerContext, Said } from './answer-context.ts';
import { citeFaultModel } from './cite.ts';
import { explain } from './say-fault.ts';
import { introduced, toBeSafe } from './say-suspect.ts';
import { say } from './wording.ts';

/** What somebody saw, heard or smelled is heeded: first what keeps them safe where it is so, then what it means for the machine. */
export function sayNoted(move: Extract<Move, { kind: 'noted' }>, context: AnswerContext): Said {
  const { locale, thing } = context;
  const seen = move.answer === 'yes' ? thing && context.packOf(thing.id)?.observations[move.observation] : undefined;
  const mind = seen?.mind?.[locale];
  const noted = say(move.answer === 'unsure' ? 'notedUnsure' : 'notedYes', locale);
  const grounds = mind === undefined ? [] : [mind];
  if (!move.fault) {
    const { models, basis } = causes(move, context);
    const nothing = basis || context.question || context.test || mind ? undefined : say('notedNothing', locale);
    // What a cause must be stopped for is said beside what the sign itself asks for.
    const safe = basis === undefined ? mind : toBeSafe(models, mind === undefined ? context : { ...context, mind: [mind] });
    return {
      parts: [
        safe,
        noted,
        basis,
        nothing,
        move.leads && basis && !context.question && !context.test ? say('askWhatToDo', locale) : undefined,
      ],
      safetyFirst: safe !== undefined,
      shows: { do: [safe], basis: [basis] },
      rung: 'diagnosis',
      citations: basis === undefined ? [] : models.map((one) => citeFaultModel(one.id, one, locale)),
      grounds: [safe ?? '', ...grounds, ...models.map(({ title }) => title[locale])],
    };
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

/** What it could be, told to who tells of a sign, and again when nothing is left to ask; not after each answer in between. */
function causes({ answer, candidates = [], unseen }: Extract<Move, { kind: 'noted' }>, context: AnswerContext) {
  const { locale, thing } = context;
  const pack = thing && context.packOf(thing.id);
  const models = candidates.flatMap((id) => (pack?.faults[id] ? [{ id, ...pack.faults[id] }] : []));
  const tell = models.length > 0 && (answer === 'yes' || !(context.question || context.test));
  if (!tell) return { models: [] };
  const titles = models.map(({ title }) => title[locale]);
  return { models, basis: introduced(unseen ? 'possibleUnseen' : 'possible', titles, locale) };
}
