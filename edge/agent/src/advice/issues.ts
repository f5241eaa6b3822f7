import { isAbout, type KnownIssue, knownIssue } from '@wayside/contract';
import { type Description, localized } from '@wayside/protocol';
import { z } from 'zod';
import type { Db } from '../store/schema.ts';

/** Is this issue one of that thing? */
export const affects = (issue: KnownIssue, thing: Description | null): boolean => thing?.family === issue.family && isAbout(issue, thing);

/** An issue as it is kept; with a bulletin it is over since `at`, and that is said for a while. */
const keptIssue = knownIssue.extend({ over: z.object({ bulletin: localized, at: z.number() }).optional() });
export type KeptIssue = z.infer<typeof keptIssue>;

/** So long it is said that an issue is over. */
export const bulletinMs = 14 * 86_400_000;

/** Keeps or forgets an issue, in the transaction that brings it. */
export async function keepIssue(tx: Db, state: 'published' | 'withdrawn', issue: KeptIssue): Promise<void> {
  if (state === 'withdrawn' && !issue.over) {
    await tx.deleteFrom('issue').where('id', '=', issue.issue).execute();
    return;
  }
  const body = JSON.stringify(issue);
  await tx
    .insertInto('issue')
    .values({ id: issue.issue, body })
    .onConflict((c) => c.column('id').doUpdateSet({ body }))
    .execute();
}

export async function readIssues(db: Db): Promise<KeptIssue[]> {
  return (await db.selectFrom('issue').select('body').execute()).map(({ body }) => keptIssue.parse(JSON.parse(body)));
}
