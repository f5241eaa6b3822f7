import type { CommandReport } from '@wayside/contract';
import type { Pack } from '@wayside/packs';
import { worked } from '../../commands/command.ts';
import type { Progress } from '../../repair/progress.ts';
import { callsForPerson, type RepairMove } from '../decide/decide-repair.ts';
import { followUp } from '../decide/follow-up.ts';
import { afterStep, asks, guide, placeOf } from '../decide/procedure.ts';
import type { GuidedStep, Responded, Unasked } from '../respond-types.ts';
import type { Session } from '../session.ts';
import type { AnswerContext, Said } from './answer-context.ts';
import { questionOf } from './question-card.ts';
import { sayOutcome } from './say-command.ts';
import { sayFinished, sayStep } from './say-repair.ts';
import { joined, say } from './wording.ts';

/** What the conversation knows when a command comes to its end. */
export type AfterCommand = {
  context: AnswerContext;
  pack: Pack | undefined;
  progress: Progress | undefined;
  now: number;
  /** The answer with the picture of its step, where it has one. */
  show(answer: Unasked['answer']): Promise<Unasked['answer']>;
};

/** What was wished beside the command, one tap away. */
const theRest = ({ queue }: Session['state']): Pick<Responded['answer'], 'choices'> =>
  queue.length > 0 ? { choices: queue.map((wish) => ({ say: wish, label: wish })) } : {};

/**
 * What is said when a command has come to its end, and how the conversation goes on: to the next step of the procedure it belongs to, or to
 * the question it was needed for. Undefined where there is nothing to say.
 */
export function afterCommand(
  command: CommandReport,
  { id, locale, state }: Session,
  { context, pack, progress, now }: Omit<AfterCommand, 'show'>,
): (Unasked & { state: Session['state'] }) | undefined {
  const text = sayOutcome(command, locale, context.units);
  if (text === undefined) return undefined;
  const { origin } = command;
  const said = (more: Said | undefined): Responded['answer'] => ({
    text: joined([text, ...(more?.parts ?? [])], locale),
    rung: more?.rung ?? 'grammar',
    citations: more?.citations ?? [],
    ...more?.more,
    command,
  });
  // Whatever was offered before, a yes now belongs to what follows.
  const { pendingCommand: _, pendingOffer: _o, ...rest } = state;

  if (origin.kind === 'question' && worked(command)) {
    const question = questionOf({ ...context, question: { observation: origin.observation, gain: 0 } });
    if (question)
      return {
        answer: { ...said({ parts: [question.text], rung: 'diagnosis' }), question },
        state: { ...rest, pendingQuestion: { thing: command.thing, observation: origin.observation } },
      };
  }
  const inStep = origin.kind === 'step' && progress?.procedure === origin.procedure && progress.step === origin.step && state.procedure;
  const procedure = inStep ? pack?.procedures[origin.procedure] : undefined;
  if (!procedure || !progress) return { answer: { ...said(undefined), ...theRest(state) }, state: { ...rest, queue: [] } };
  if (!worked(command)) return { answer: said({ parts: [say('byHand', locale)], rung: 'diagnosis' }), state: rest };

  const step = procedure.steps[placeOf(procedure, progress.step)]!;
  // What was done is only half of a step that asks what came of it.
  if (asks(step)) {
    const guided = pack && guide(pack, progress, locale);
    return {
      answer: {
        ...said({ parts: [guided?.safety, step.text[locale]], rung: 'diagnosis' }),
        ...(guided ? { step: withoutAct(guided) } : {}),
      },
      state: rest,
    };
  }

  const next = afterStep(procedure, progress, 'done', now);
  const { procedure: __, ...ended } = rest;
  if (next === 'person') {
    const because = callsForPerson(procedure, progress);
    return {
      answer: said({ parts: [say('handoffRule', locale), because[locale]], rung: 'diagnosis' }),
      state: ended,
      calls: { id: 'procedure', because, measures: {} },
      ...followUp({ kind: 'step-to-person', after: 'done', progress, because }, progress, pack),
    };
  }
  const move: RepairMove =
    next === 'end'
      ? { kind: 'finished', after: 'done', finished: { progress: { ...progress, done: true }, session: id } }
      : { kind: 'step', progress: next, how: 'next', after: 'done' };
  return {
    answer: said(move.kind === 'step' ? sayStep(move, context) : sayFinished(move, context)),
    state: move.kind === 'step' ? rest : ended,
    ...followUp(move, progress, pack),
  };
}

const withoutAct = ({ action: _, ...step }: GuidedStep): GuidedStep => step;
