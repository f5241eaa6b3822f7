import { readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { Turn } from '@wayside/contract';
import { comparePolicies, type MeasuredSession, type Policy, parsePolicy, type RequestKind, type Verdict } from '@wayside/packs';
import { WaysideError } from '@wayside/protocol';
import type { Replayed } from '../api/types.ts';
import type { Db } from '../store/schema.ts';

/** The newest things said that a replay looks at. */
const mostTurns = 50_000;
const mostDifferences = 500;

/** The policies that ship with the packs of this hub, as text, by family. */
export async function readPolicies(root: string): Promise<{ family: string; text: string }[]> {
  const families = await readdir(root).catch(() => []);
  const read = await Promise.all(
    families.sort().map(async (family) => ({ family, text: await readFile(join(root, family, 'policy.yaml'), 'utf8').catch(() => '') })),
  );
  return read.filter(({ text }) => text !== '');
}

/**
 * What another policy would have changed in the conversations of a family that edges have told of.
 * @throws WaysideError `not-found` for a family without a policy; `invalid` when the text is no policy
 */
export async function replayPolicy(db: Db, root: string, family: string, text: string): Promise<Replayed> {
  const current = (await readPolicies(root)).find((one) => one.family === family);
  if (!current) throw new WaysideError('not-found', `There is no policy of the family ${family} here.`);
  const [before, after] = [parsePolicy(current.text), parsePolicy(text)];
  const comparison = comparePolicies(before, after, await sessionsOf(db, family));
  const differences = comparison.differences
    .toSorted((a, b) => b.at - a.at)
    .slice(0, mostDifferences)
    .map(({ was, would, ...one }) => ({ ...one, was: worded(was, before), would: worded(would, after) }));
  return { ...comparison, differences };
}

/** The rule with what it says of itself, where the policy has it. */
function worded(verdict: Verdict, { rules }: Policy) {
  const because = rules.find(({ id }) => id === verdict.rule)?.because;
  return because ? { ...verdict, because } : verdict;
}

async function sessionsOf(db: Db, family: string): Promise<MeasuredSession[]> {
  const rows = await db
    .selectFrom('turn')
    .select(['edge', 'session', 'turnJson'])
    .where('by', '=', 'operator')
    .orderBy('place', 'desc')
    .limit(mostTurns)
    .execute();
  const sessions = new Map<string, MeasuredSession & { turns: MeasuredSession['turns'][number][] }>();
  for (const { edge, session, turnJson } of rows.reverse()) {
    const { measured, at } = JSON.parse(turnJson) as Turn;
    if (measured?.family !== family) continue;
    const key = `${edge} ${session}`;
    const known = sessions.get(key) ?? { id: session, turns: [] };
    known.turns.push({ at, measures: measured.measures, kind: measured.kind as RequestKind | undefined });
    sessions.set(key, known);
  }
  return [...sessions.values()];
}
