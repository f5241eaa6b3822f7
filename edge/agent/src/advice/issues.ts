import type { KnownIssue } from '@wayside/contract';
import { knownIssue } from '@wayside/contract';
import type { Description } from '@wayside/protocol';
import type { Db } from '../store/schema.ts';

/** Is this issue one of that thing? What the issue does not say holds for all; what the thing does not say is not assumed. */
export function affects(issue: Pick<KnownIssue, 'family' | 'maker' | 'model' | 'firmware'>, thing: Description | null): boolean {
  if (thing?.family !== issue.family) return false;
  const same = (wanted: string | undefined, is: string | undefined) => wanted === undefined || wanted.toLowerCase() === is?.toLowerCase();
  return same(issue.maker, thing.maker) && same(issue.model, thing.model) && (issue.firmware?.includes(thing.firmware ?? '') ?? true);
}

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
