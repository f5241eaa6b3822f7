import { isAbout, type KnownIssue, knownIssue } from '@wayside/contract';
import type { Description } from '@wayside/protocol';
import type { Db } from '../store/schema.ts';

/** Is this issue one of that thing? */
export const affects = (issue: KnownIssue, thing: Description | null): boolean => thing?.family === issue.family && isAbout(issue, thing);

/** Keeps or forgets an issue, in the transaction that brings it. */
export async function keepIssue(tx: Db, state: 'published' | 'withdrawn', issue: KnownIssue): Promise<void> {
  if (state === 'withdrawn') {
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

export async function readIssues(db: Db): Promise<KnownIssue[]> {
  return (await db.selectFrom('issue').select('body').execute()).map(({ body }) => knownIssue.parse(JSON.parse(body)));
}
