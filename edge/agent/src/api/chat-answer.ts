import { type ChatCompletion, noUsage } from './chat-types.ts';
import type { Answer, TurnAnswered } from './types.ts';

/** An answer as one text, for clients that show nothing else: what is dangerous about a step, and what may be said next, stand in it. */
export function inWords({ text, step, question, choices }: Answer): string {
  const options = question?.options ?? choices ?? [];
  return [
    text,
    ...(step?.safety ? [`⚠ ${step.safety}`] : []),
    ...(options.length > 0 ? [options.map(({ label }) => `[${label}]`).join(' ')] : []),
  ].join('\n\n');
}

type Head = { id: string; created: number; model: string };

export const completion = (
  head: Head,
  session: string,
  { turn, answer, faults, handoff, understanding }: TurnAnswered,
): ChatCompletion => ({
  ...head,
  object: 'chat.completion',
  choices: [{ index: 0, message: { role: 'assistant', content: inWords(answer) }, finish_reason: 'stop' }],
  usage: noUsage,
  wayside: { session, turn, rung: answer.rung, citations: answer.citations, understanding, faults, handoff },
});

/**
 * The same as a stream of events. The words come when the answer is final: a sentence that the guard takes back, because it cites nothing,
 * could not be unsaid here. Sentence by sentence, so that a voice may begin.
 */
export function* chunks(head: Head, { choices: [choice], wayside }: ChatCompletion, withUsage: boolean): Generator<object> {
  const chunk = (delta: object, finish: 'stop' | null = null) => ({
    ...head,
    object: 'chat.completion.chunk',
    choices: [{ index: 0, delta, finish_reason: finish }],
  });
  for (const sentence of choice!.message.content.match(/[\s\S]+?(?:[.!?。！？](?=\s|$)\s*|\n+|$)/g) ?? [])
    yield chunk({ content: sentence });
  yield { ...chunk({}, 'stop'), wayside };
  if (withUsage) yield { ...head, object: 'chat.completion.chunk', choices: [], usage: noUsage };
}

export const opening = (head: Head) => ({
  ...head,
  object: 'chat.completion.chunk',
  choices: [{ index: 0, delta: { role: 'assistant', content: '' }, finish_reason: null }],
});
