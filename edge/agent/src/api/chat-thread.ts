import { createHash } from 'node:crypto';
import { WaysideError } from '@wayside/protocol';
import type { ChatMessage } from './chat-types.ts';

/** What was said last (nothing, where a tool came back), and by what the conversation up to there is known. */
export type Asked = { text: string; before: string };

/** So many conversations are remembered; whoever comes back to an older one begins a new one. */
const most = 1_000;

/**
 * Chat Completions carry the whole conversation each time and have no name for it; ours are kept here and have one. So each is known by all
 * that was said in it. What the client's own instructions say changes from one time to the next (the hour, the devices) and does not count.
 */
export function createThreads() {
  const sessions = new Map<string, string>();
  return {
    find: (before: string): string | undefined => sessions.get(before),
    /** What was asked and answered now belongs to it too. */
    remember({ before, text }: Asked, answered: string, session: string): void {
      sessions.delete(before);
      sessions.set(next(text === '' ? before : next(before, 'user', text), 'assistant', answered), session);
      if (sessions.size > most) sessions.delete(sessions.keys().next().value!);
    },
  };
}

/**
 * @param who so that nobody finds another's conversation
 * @param model the same words about another thing are another conversation
 * @throws WaysideError `invalid` when the last message is neither a person's nor a tool's, or says nothing
 */
export function readThread(messages: readonly ChatMessage[], who: string, model: string): Asked {
  const begin = next('', who, model);
  const known = (said: readonly ChatMessage[]) => said.reduce((before, message) => next(before, message.role, textOf(message)), begin);
  const said = messages.filter(({ role }) => role === 'user' || role === 'assistant');
  const last = said.at(-1);
  const text = last ? textOf(last).trim() : '';
  // What a tool gave follows what called for it, and is no word of anybody's.
  if (messages.at(-1)?.role === 'tool' && last?.role === 'assistant') return { text: '', before: known(said) };
  if (last?.role !== 'user' || messages.at(-1)?.role !== 'user' || text === '')
    throw new WaysideError('invalid', 'The last message must be a user’s, with a text: it is what is answered.');
  if (text.length > 2_000) throw new WaysideError('too-large', 'A message to answer may have 2,000 characters at most.');
  return { text, before: known(said.slice(0, -1)) };
}

/** The last words of a person. */
export function lastSaid(messages: readonly ChatMessage[]): string {
  const last = messages.findLast(({ role }) => role === 'user');
  return last ? textOf(last) : '';
}

/** Pictures and sounds are passed over: nobody looks at them here. */
const textOf = ({ content }: ChatMessage): string =>
  typeof content === 'string' ? content : (content ?? []).flatMap(({ type, text }) => (type === 'text' && text ? [text] : [])).join('\n');

const next = (known: string, role: string, text: string): string =>
  createHash('sha256')
    .update(JSON.stringify([known, role, text.trim()]))
    .digest('base64url');
