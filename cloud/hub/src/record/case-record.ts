import type { Handoff, Turn } from '@wayside/contract';
import {
  canonical,
  commit,
  type Entry,
  entry as entrySchema,
  hashOf,
  type Key,
  leafHash,
  proveInclusion,
  provesInclusion,
  rootAt,
  rootText,
  type Seal,
  signatureHolds,
  toBase64Url,
  utf8,
} from '@wayside/record';
import { nodePrimitives as p } from '@wayside/record/node';
import type { CaseRecord } from '../api/types.ts';
import type { Db } from '../store/schema.ts';
import { logSize, nodesOf } from './log.ts';

type Row = { n: number; id: string; kind: string; hash: string; entryJson: string; seal: string };

/**
 * Holds everything this hub has of a case's conversation against what the edge signed at the time: each body against its commitment, the entries
 * against their seals, the seals against the edge's keys and the log. Whoever changes a row here cannot make this agree.
 */
export async function caseRecord(db: Db, edge: string, session: string): Promise<CaseRecord> {
  const rows = await db
    .selectFrom('recordEntry')
    .select(['n', 'id', 'kind', 'hash', 'entryJson', 'seal'])
    .where('edge', '=', edge)
    .where('session', '=', session)
    .orderBy('n')
    .execute();
  const [bodies, size, witnesses, alarms] = await Promise.all([
    readBodies(db, edge, session),
    logSize(db),
    witnessesOf(db),
    alarmsOf(db, edge),
  ]);
  const counts = { entries: rows.length, matched: 0, elsewhere: 0 };
  const base = { waiting: 0, log: size, witnesses, alarms };
  const problem =
    (await sealsProblem(db, edge, size, rows)) ??
    chainProblem(rows) ??
    bodiesProblem(rows, bodies, counts) ??
    (await turnsProblem(db, edge, session, bodies));
  const recorded = new Set(rows.map(({ id }) => id));
  const waiting = [...bodies.keys()].filter((id) => !recorded.has(id)).length;
  const state = problem ? 'broken' : rows.length === 0 ? 'none' : waiting > 0 ? 'sealing' : 'verified';
  return { state, ...counts, ...base, waiting, ...(problem ? { problem } : {}) };
}

type Body = { kind: string; bodyJson: string; salt: string };

async function readBodies(db: Db, edge: string, session: string): Promise<Map<string, Body>> {
  const rows = await db
    .selectFrom('upRecord')
    .select(['id', 'kind', 'bodyJson', 'salt'])
    .where('edge', '=', edge)
    .where('salt', 'is not', null)
    .where('session', '=', session)
    .execute();
  return new Map(rows.map(({ id, salt, ...row }) => [id, { ...row, salt: salt as string }]));
}

/** Every entry follows one that is here, back to the first: none is missing. An edge that was put back has two ways on from one place. */
function chainProblem(rows: readonly Row[]): string | undefined {
  const here = new Set(rows.map(({ hash }) => hash));
  for (const { n, entryJson } of rows) {
    const { i, was } = JSON.parse(entryJson) as Entry;
    if (i !== 1 && (was === undefined || !here.has(was))) return `an entry before ${n} is missing`;
  }
  return undefined;
}

function bodiesProblem(
  rows: readonly Row[],
  bodies: ReadonlyMap<string, Body>,
  counts: { matched: number; elsewhere: number },
): string | undefined {
  for (const { n, id, kind, entryJson } of rows) {
    const here = bodies.get(id);
    if (!here) {
      counts.elsewhere++;
      continue;
    }
    const { body } = JSON.parse(entryJson) as Entry;
    if (here.kind !== kind || commit(p, here.salt, canonical(JSON.parse(here.bodyJson))) !== body)
      return `what entry ${n} (${kind}) recorded was changed here`;
    counts.matched++;
  }
  return undefined;
}

/** Lines that a record tells: a line itself, or those that came with a request for a person, of a conversation that had stayed at the edge. */
function toldTurns({ kind, bodyJson }: Body): { id: string }[] {
  if (kind === 'turn') return [JSON.parse(bodyJson) as Turn];
  if (kind !== 'handoff') return [];
  const { session, transcript } = JSON.parse(bodyJson) as Handoff;
  return transcript.map((turn) => ({ ...turn, session }));
}

/** What the case page shows as the conversation is what the edge told. */
async function turnsProblem(db: Db, edge: string, session: string, bodies: ReadonlyMap<string, Body>): Promise<string | undefined> {
  const shown = await db
    .selectFrom('turn')
    .select(['id', 'by', 'turnJson'])
    .where('edge', '=', edge)
    .where('session', '=', session)
    .execute();
  const told = new Map([...bodies.values()].flatMap(toldTurns).map((turn) => [turn.id, turn]));
  for (const { id, turnJson } of shown) {
    const turn = told.get(id);
    if (turn && canonical(turn) !== canonical(JSON.parse(turnJson)))
      return `a line of the conversation (${id}) is shown otherwise than it was told`;
  }
  return undefined;
}

async function sealsProblem(db: Db, edge: string, size: number, rows: readonly Row[]): Promise<string | undefined> {
  const root = size === 0 ? undefined : await rootAt(p, size, nodesOf(db));
  for (const seal of new Set(rows.map((row) => row.seal))) {
    const leaf = await db.selectFrom('logLeaf').selectAll().where('hash', '=', seal).where('edge', '=', edge).executeTakeFirst();
    if (!leaf || !root) return 'a seal is missing from the log';
    const sealed = JSON.parse(leaf.text) as Seal;
    const under = await db.selectFrom('logLeaf').select('text').where('hash', '=', leaf.under).executeTakeFirst();
    const hash = leafHash(p, utf8(leaf.text));
    if (toBase64Url(hash) !== seal || !under || !signatureHolds(p, 'seal', sealed, (JSON.parse(under.text) as Key).key))
      return `seal ${sealed.n} was changed`;
    const entries = await db
      .selectFrom('recordEntry')
      .select(['hash', 'entryJson'])
      .where('edge', '=', edge)
      .where('seal', '=', seal)
      .orderBy('n')
      .execute();
    if (
      rootText(
        p,
        entries.map(({ entryJson }) => hashOf(p, entrySchema.parse(JSON.parse(entryJson)))),
      ) !== sealed.root
    )
      return `the entries under seal ${sealed.n} were changed`;
    const proof = await proveInclusion(p, leaf.place, size, nodesOf(db));
    if (!provesInclusion(p, { index: leaf.place, size, leaf: hash, root, proof })) return `the log does not hold seal ${sealed.n}`;
  }
  return undefined;
}

async function witnessesOf(db: Db): Promise<string[]> {
  return (await db.selectFrom('logWitness').select('edge').orderBy('edge').execute()).map(({ edge }) => edge);
}

async function alarmsOf(db: Db, edge: string): Promise<CaseRecord['alarms']> {
  return (await db
    .selectFrom('recordAlarm')
    .select(['at', 'what'])
    .where('edge', '=', edge)
    .orderBy('at', 'desc')
    .limit(20)
    .execute()) as CaseRecord['alarms'];
}
