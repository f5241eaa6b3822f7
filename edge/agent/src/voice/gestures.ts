import type { Event, Locale } from '@wayside/protocol';
import type { Log } from '../log.ts';

/** What a gesture answers. To have the machine do something takes a thumb: heads nod along by themselves. */
const means: Record<string, 'yes' | 'no'> = { nod: 'yes', 'thumbs-up': 'yes', shake: 'no', 'thumbs-down': 'no' };
const words: Record<Locale, Record<'yes' | 'no', string>> = { en: { yes: 'yes', no: 'no' }, zh: { yes: '是', no: '不' } };

/** Whoever was asked so long ago, ms, is not answering any more. */
export const answeredWithinMs = 60_000;

/** What waits for an answer in a conversation. */
export type Waiting = { session: string; thing: string | undefined; locale: Locale; waitsFor: 'question' | 'command' | undefined };

export type Gestures = (thing: string, event: Pick<Event, 'kind' | 'name'>) => Promise<void>;

/**
 * Gestures that a camera of the thing sees, as events `{kind: "gesture", name: "nod|shake|thumbs-up|thumbs-down"}`: each answers the question that
 * waits in the newest conversation about that thing, as a turn like any other. With no question it means nothing.
 */
export function createGestures(parts: {
  log: Log;
  /** Conversations in which somebody has spoken lately, the newest first. */
  waiting(): Promise<Waiting[]>;
  take(session: string, turn: { text: string }): Promise<unknown>;
}): Gestures {
  return async (thing, { kind, name }) => {
    const answer = kind === 'gesture' ? means[name] : undefined;
    if (!answer) return;
    const asked = (await parts.waiting()).find((one) => one.thing === thing && one.waitsFor !== undefined);
    if (!asked || (asked.waitsFor === 'command' && name === 'nod')) return;
    await parts
      .take(asked.session, { text: words[asked.locale][answer] })
      .catch((err: unknown) => parts.log.warn({ err: String(err), thing, name }, 'a gesture was not taken as an answer'));
  };
}
