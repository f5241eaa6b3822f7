import { newId } from '@wayside/protocol';
import { note } from '../record/note.ts';
import type { Db } from '../store/schema.ts';

/** What somebody lets be known or kept of them, or no longer does: their voice (by its owner), their mood and what reaches them (of a conversation). */
export type Agreement = { to: 'voice' | 'mood' | 'contact'; given: boolean; person?: string };

/**
 * Puts it into the record, in the transaction of the change itself: neither a yes nor its withdrawal can be made up later, or made away with. It stays
 * here; the hub gets the commitment alone.
 */
export async function noteAgreement(tx: Db, agreement: Agreement, now: number, session?: string): Promise<void> {
  const at = Math.floor(now);
  await note(tx, newId('r', at), 'agreement', { ...agreement, ...(session === undefined ? {} : { session }), at }, at, session);
}
