import type { HomeCall } from '../dialogue/home/home.ts';
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
  { turn, answer, faults, handoff, understanding, homeCall }: TurnAnswered,
): ChatCompletion => ({
  ...head,
  object: 'chat.completion',
  choices: [homeCall ? calling(turn, homeCall) : saying(inWords(answer))],
  usage: noUsage,
  wayside: { session, turn, rung: answer.rung, citations: answer.citations, understanding, faults, handoff },
});

/** What is said when a tool of the client's has come back. */
export const told = (head: Head, text: string): ChatCompletion => ({
  ...head,
  object: 'chat.completion',
  choices: [saying(text)],
  usage: noUsage,
  wayside: {},
});

type Choice = ChatCompletion['choices'][number];
const saying = (content: string): Choice => ({ index: 0, message: { role: 'assistant', content }, finish_reason: 'stop' });
const calling = (id: string, { name, arguments: given }: HomeCall): Choice => ({
  index: 0,
  message: {
    role: 'assistant',
    content: '',
    tool_calls: [{ id: `call_${id}`, type: 'function', function: { name, arguments: JSON.stringify(given) } }],
  },
  finish_reason: 'tool_calls',
});

/**
 * The same as a stream of events. The words come when the answer is final: a sentence that the guard takes back, because it cites nothing,
 * could not be unsaid here. Sentence by sentence, so that a voice may begin.
 */
export function* chunks(head: Head, { choices: [choice], wayside }: ChatCompletion, withUsage: boolean): Generator<object> {
  const chunk = (delta: object, finish: Choice['finish_reason'] | null = null) => ({
    ...head,
    object: 'chat.completion.chunk',
    choices: [{ index: 0, delta, finish_reason: finish }],
  });
  for (const sentence of choice!.message.content.match(/[\s\S]+?(?:[.!?。！？](?=\s|$)\s*|\n+|$)/g) ?? [])
    yield chunk({ content: sentence });
  const { tool_calls } = choice!.message;
  if (tool_calls) yield chunk({ tool_calls: tool_calls.map((call, index) => ({ index, ...call })) });
  yield { ...chunk({}, choice!.finish_reason), wayside };
  if (withUsage) yield { ...head, object: 'chat.completion.chunk', choices: [], usage: noUsage };
}

export const opening = (head: Head) => ({
  ...head,
  object: 'chat.completion.chunk',
  choices: [{ index: 0, delta: { role: 'assistant', content: '' }, finish_reason: null }],
});
