import { type downBodies, isAbout, type KnownIssue, type ThingReport } from '@wayside/contract';
import { type Localized, WaysideError } from '@wayside/protocol';
import type { z } from 'zod';
import type { IssueRow } from '../api/types.ts';
import { type Change, change, type Ground } from '../store/change.ts';
import type { Db } from '../store/schema.ts';
import { send } from '../sync/envelopes.ts';

/** Every known issue, newest first, with how many things of the fleet it is about. */
export async function listIssues(db: Db): Promise<IssueRow[]> {
  const rows = await db.selectFrom('issue').selectAll().orderBy('updatedAt', 'desc').limit(500).execute();
  const linked = await db
    .selectFrom('case')
    .select((e) => ['issue', e.fn.countAll<number>().as('count')])
    .where('issue', 'is not', null)
    .groupBy('issue')
    .execute();
  const things = (await db.selectFrom('thing').select('reportJson').execute()).map(
    ({ reportJson }) => JSON.parse(reportJson) as ThingReport,
  );
  return rows.map(({ issueJson, state, by }) => {
    const issue = JSON.parse(issueJson) as KnownIssue;
    return {
      ...issue,
      state: state as IssueRow['state'],
      by,
      affected: things.filter((thing) => isOf(issue, thing)).length,
      cases: Number(linked.find((one) => one.issue === issue.issue)?.count ?? 0),
    };
  });
}

/** The known issues that are about a thing, newest first. */
export async function issuesOf(db: Db, thing: ThingReport | undefined): Promise<Pick<KnownIssue, 'issue' | 'title'>[]> {
  if (!thing) return [];
  const rows = await db.selectFrom('issue').select('issueJson').where('state', '=', 'published').orderBy('updatedAt', 'desc').execute();
  return rows
    .map(({ issueJson }) => JSON.parse(issueJson) as KnownIssue)
    .filter((issue) => isOf(issue, thing))
    .map(({ issue, title }) => ({ issue, title }));
}

/**
 * Tells every edge of an issue: each shows it beside those of its things that it is about. The same id again replaces what was told.
 * @param isPack whether a pack of this hub is about a family
 * @throws WaysideError `invalid` when nothing here is of its family, or its article is none that edges have
 */
export function publishIssue(
  ground: Ground,
  isPack: (family: string) => boolean,
  issue: Omit<KnownIssue, 'at'>,
  by: string,
): Promise<KnownIssue> {
  return change(ground, async (here) => {
    const isOurs = isPack(issue.family);
    if (!isOurs) await mustBeOfFleet(here.tx, issue.family);
    if (issue.article !== undefined) await mustBeArticle(here.tx, issue.family, issue.article, isOurs);
    const told: KnownIssue = { ...issue, at: here.now };
    const row = { state: 'published', issueJson: JSON.stringify(told), by, updatedAt: here.now };
    await here.tx
      .insertInto('issue')
      .values({ id: issue.issue, ...row })
      .onConflict((c) => c.column('id').doUpdateSet(row))
      .execute();
    await tellAll(here, { state: 'published', issue: told });
    return told;
  });
}

async function mustBeOfFleet(db: Db, family: string): Promise<void> {
  const pack = await db.selectFrom('pack').select('family').where('family', '=', family).executeTakeFirst();
  if (pack) return;
  const things = await db.selectFrom('thing').select('reportJson').execute();
  if (!things.some(({ reportJson }) => (JSON.parse(reportJson) as ThingReport).family === family))
    throw new WaysideError('invalid', `There is no family ${family} here: no pack of this hub and no machine of the fleet is of it.`);
}

/** @param isOurs else the family's pack, with its articles, is at edges alone, and what nobody here has heard of may be there */
async function mustBeArticle(db: Db, family: string, article: string, isOurs: boolean): Promise<void> {
  const rows = await db.selectFrom('article').select(['family', 'state']).where('id', '=', article).execute();
  if (rows.length === 0 && !isOurs) return;
  if (rows.length === 0) throw new WaysideError('invalid', `There is no article ${article}.`);
  const own = rows.filter((row) => row.family === family);
  if (own.length === 0) throw new WaysideError('invalid', `Article ${article} is about ${rows[0]?.family}, not about ${family}.`);
  if (!own.some(({ state }) => state === 'published'))
    throw new WaysideError('invalid', `Article ${article} is not published, so no edge has it. Publish it first.`);
}

/**
 * Takes an issue back everywhere; with a bulletin it is over, and edges whose machines it was about say what solved it. Twice changes nothing.
 * @throws WaysideError `not-found`
 */
export function withdrawIssue(ground: Ground, id: string, by: string, bulletin?: Localized): Promise<KnownIssue> {
  return change(ground, async (here) => {
    const row = await here.tx.selectFrom('issue').selectAll().where('id', '=', id).executeTakeFirst();
    if (!row) throw new WaysideError('not-found', `There is no known issue ${id}.`);
    const issue = JSON.parse(row.issueJson) as KnownIssue;
    if (row.state !== 'published') return issue;
    await here.tx
      .updateTable('issue')
      .set({ state: bulletin ? 'closed' : 'withdrawn', by, updatedAt: here.now })
      .where('id', '=', id)
      .execute();
    await tellAll(here, { state: 'withdrawn', issue, ...(bulletin ? { bulletin } : {}) });
    return issue;
  });
}

/** Gives an edge that has just come every issue the others were told. */
export async function sendIssues(here: Change, edge: string): Promise<void> {
  const rows = await here.tx.selectFrom('issue').select('issueJson').where('state', '=', 'published').orderBy('id').execute();
  for (const { issueJson } of rows) await send(here, edge, 'issue', { state: 'published', issue: JSON.parse(issueJson) as KnownIssue });
}

async function tellAll(here: Change, told: z.input<typeof downBodies.issue>): Promise<void> {
  for (const { id } of await here.tx.selectFrom('edge').select('id').orderBy('id').execute()) await send(here, id, 'issue', told);
  here.tell({ event: 'issue', data: { issue: told.issue.issue } });
}

/** As the edges judge it; here only to count. */
const isOf = (issue: KnownIssue, thing: ThingReport): boolean => thing.family === issue.family && isAbout(issue, thing);
