import type { Locale } from '@wayside/protocol';
import { WaysideError } from '@wayside/protocol';
import type { z } from 'zod';
import type { Me, resolve } from '../api/types.ts';
import { announce } from '../hooks/announce.ts';
import { partsOf } from '../queue/merge.ts';
import { endNote, takeNote } from '../queue/note.ts';
import { type Change, change, type Ground } from '../store/change.ts';
import { send } from '../sync/envelopes.ts';
import { draftFrom } from './draft.ts';
import { type CaseWithName, readCase, readHandoff } from './row.ts';
import { tallyResolved } from './tally.ts';

type Resolution = z.output<typeof resolve>;

/** Where it was resolved nobody says what solved it. As bilingual as a mail: technicians of either language read it. */
export const resolvedElsewhere = 'Resolved in Chatwoot · 已在 Chatwoot 中解决';

/**
 * Closes a case, and those merged into it, with what solved it and, when asked, drafts an article from it. Resolving again with the same words changes nothing.
 * @returns the drafted article, when there is one
 * @throws WaysideError `not-found`; `conflict` when somebody else has the case or it was resolved in other words
 */
export function resolveCase(ground: Ground, id: string, me: Me, by: Resolution): Promise<{ id: string; locale: Locale } | undefined> {
  return change(ground, async (here) => {
    const row = await readCase(here.tx, id);
    if (row.state === 'resolved') {
      if (row.resolution !== by.text) throw new WaysideError('conflict', `${row.resolvedBy} has already resolved this case.`);
      return articleOf(row.article);
    }
    if (row.technician !== null && row.technician !== me.id)
      throw new WaysideError('conflict', `${row.technicianName} has this case. Ask them to resolve it.`);
    await takeNote(here, id, me);
    return closeCase(here, row, me, by);
  });
}

/** Closes a case that is not closed, in the name of somebody who may. */
export async function closeCase(
  here: Change,
  row: CaseWithName,
  me: Me,
  by: Resolution,
): Promise<{ id: string; locale: Locale } | undefined> {
  const { tx, tell, now } = here;
  const { id } = row;
  const draft = by.draft ? await draftFrom(here, await readHandoff(tx, id), me, by) : undefined;
  const parts = await partsOf(here, id);
  await tx
    .updateTable('case')
    .set({
      state: 'resolved',
      technician: me.id,
      resolvedAt: now,
      resolvedBy: me.name,
      resolution: by.text,
      cause: by.cause ?? null,
      article: draft ? `${draft.id}/${draft.locale}` : null,
      unread: 0,
      waitingSince: null,
      updatedAt: now,
      snoozedUntil: null,
      offeredTo: null,
    })
    .where(
      'id',
      'in',
      parts.map((part) => part.id),
    )
    .execute();
  await endNote(here, id, me);
  // What stands in another case is counted with that one.
  if (row.mergedInto === null) await tallyResolved(tx, row.edge, 1);
  for (const part of parts) {
    const told = { case: part.id, session: part.session, state: 'resolved' as const, by: me.name, resolution: by.text, at: now };
    await send(here, row.edge, 'case', told);
    tell({ event: 'case', data: { case: part.id } });
  }
  await announce(here, 'resolved', id);
  return draft;
}

function articleOf(kept: string | null): { id: string; locale: Locale } | undefined {
  if (kept === null) return undefined;
  const [id, locale] = kept.split('/') as [string, Locale];
  return { id, locale };
}
