import type { Locale } from '@wayside/protocol';
import type { TurnAnswered } from '../api/types.ts';
import type { Db } from '../store/schema.ts';

/**
 * Answers a text that another system heard, in a conversation of our own: the one it names, if it is one that was begun this way, else a new one. Whoever
 * only knows the id of somebody's conversation on the panel does not come into it here, since nobody shows who they are.
 */
export function createHandle(
  db: Db,
  conversation: {
    open(ask: { channel: string; locale: Locale }): Promise<string>;
    take(session: string, turn: { text: string }): Promise<TurnAnswered>;
  },
) {
  return async (text: string, locale: Locale, named: string | undefined): Promise<{ id: string; text: string; understood: boolean }> => {
    const known =
      named === undefined
        ? undefined
        : await db.selectFrom('session').select('id').where('id', '=', named).where('channel', '=', 'wyoming').executeTakeFirst();
    const id = known?.id ?? (await conversation.open({ channel: 'wyoming', locale }));
    const { answer, understanding } = await conversation.take(id, { text: text.trim().slice(0, 2_000) || '?' });
    return { id, text: answer.text, understood: understanding.kind !== 'unknown' };
  };
}
