import { type Novelty, type Took, targetOf } from '@wayside/contract';
import { newId, WaysideError } from '@wayside/protocol';
import type { z } from 'zod';
import type { newRollout, RolloutWhy } from '../api/rollout-types.ts';
import { announceStopped } from '../hooks/announce-rollout.ts';
import { type Change, change, type Ground } from '../store/change.ts';
import { send } from '../sync/envelopes.ts';
import type { Updates } from '../updates/updates.ts';
import { lastRing, ringsOf } from './rings.ts';

/** What a rollout is about: a family's pack, or the language model. */
const aboutOf = (what: Novelty): string => (what.of === 'pack' ? `pack ${what.family}` : 'generator');

/**
 * Begins a rollout: its first ring is told at once.
 * @throws WaysideError `not-found` for a pack that is not here or an edge nobody knows, `conflict` while another about the same goes on
 * or what is to be rolled out is not signed yet
 */
export function beginRollout(
  { ground, updates }: { ground: Ground; updates: Updates },
  { what, first, share, rules }: z.output<typeof newRollout>,
  by: string,
): Promise<string> {
  return change(ground, async (here) => {
    const { tx, now } = here;
    if (what.of === 'pack') await mustHave(here, what);
    const path = targetOf(what);
    if (path) await updates.mustBeSigned(here, path);
    const edges = (await tx.selectFrom('edge').select('id').orderBy('id').execute()).map((row) => row.id);
    const stranger = first.find((edge) => !edges.includes(edge));
    if (stranger !== undefined) throw new WaysideError('not-found', `There is no edge ${stranger}.`);
    const about = aboutOf(what);
    if (await tx.selectFrom('rollout').select('id').where('about', '=', about).where('state', '=', 'running').executeTakeFirst())
      throw new WaysideError('conflict', 'A rollout about the same goes on. Stop it first, or wait until it is done.');
    const id = newId('ro', now);
    await tx
      .insertInto('rollout')
      .values({
        ...{ id, about, by, state: 'running', ring: 0, ringSince: now, startedAt: now, endedAt: null, whyJson: null },
        noveltyJson: JSON.stringify(what),
        rulesJson: JSON.stringify(rules),
      })
      .execute();
    for (const [edge, ring] of ringsOf(edges, first, share, id))
      await tx.insertInto('rolloutEdge').values({ rollout: id, edge, ring, state: 'waiting', seq: null, at: now, problem: null }).execute();
    await tellRing(here, id, what, 0);
    return id;
  });
}

async function mustHave({ tx }: Change, what: Extract<Novelty, { of: 'pack' }>): Promise<void> {
  const { fingerprint, family, version } = what;
  const pack = await tx.selectFrom('pack').select(['family', 'version']).where('fingerprint', '=', fingerprint).executeTakeFirst();
  if (pack?.family !== family || pack.version !== version)
    throw new WaysideError('not-found', `There is no pack ${family} ${version} with this fingerprint at this hub. Add it first.`);
}

async function tellRing(here: Change, id: string, what: Novelty, ring: number): Promise<void> {
  const { tx, now } = here;
  const edges = await tx.selectFrom('rolloutEdge').select('edge').where('rollout', '=', id).where('ring', '=', ring).execute();
  for (const { edge } of edges) {
    const seq = await send(here, edge, 'take', { rollout: id, what });
    await setEdge(here, id, edge, { state: 'told', seq, at: now });
  }
  tellOf(here, id);
}

const setEdge = (
  { tx }: Change,
  rollout: string,
  edge: string,
  set: { state?: string; seq?: number; at?: number; problem?: string | null },
) => tx.updateTable('rolloutEdge').set(set).where('rollout', '=', rollout).where('edge', '=', edge).executeTakeFirst();

const tellOf = ({ tell }: Change, rollout: string): void => tell({ event: 'rollout', data: { rollout } });

/** On to the next ring; after the last it is done, and edges that come later get it too. */
export async function goOn(here: Change, id: string): Promise<void> {
  const row = await running(here, id);
  if (!row) return;
  const ring = row.ring + 1;
  const set = ring > lastRing ? { state: 'done', endedAt: here.now } : { ring, ringSince: here.now };
  await here.tx.updateTable('rollout').set(set).where('id', '=', id).execute();
  if (ring > lastRing) tellOf(here, id);
  else await tellRing(here, id, JSON.parse(row.noveltyJson) as Novelty, ring);
}

/** Stops it, and takes it back from every edge that was told. One that is over already stays as it is. */
export async function stopRollout(here: Change, id: string, why: RolloutWhy): Promise<void> {
  const row = await running(here, id);
  if (!row) return;
  const { tx, now } = here;
  await tx
    .updateTable('rollout')
    .set({ state: 'stopped', endedAt: now, whyJson: JSON.stringify(why) })
    .where('id', '=', id)
    .execute();
  const what = JSON.parse(row.noveltyJson) as Novelty;
  const told = await tx.selectFrom('rolloutEdge').select('edge').where('rollout', '=', id).where('state', 'in', ['told', 'runs']).execute();
  for (const { edge } of told) await setEdge(here, id, edge, { seq: await send(here, edge, 'take', { rollout: id, what, back: true }) });
  const { by: _, ...nameless } = why;
  await announceStopped(here, { rollout: id, what, ring: Number(row.ring), why: nameless, edges: told.length });
  tellOf(here, id);
}

const running = ({ tx }: Change, id: string) =>
  tx.selectFrom('rollout').selectAll().where('id', '=', id).where('state', '=', 'running').executeTakeFirst();

/** What an edge says became of it there. */
export async function keepTook(here: Change, edge: string, { rollout, state, problem }: Took): Promise<string | undefined> {
  const { numUpdatedRows } = await setEdge(here, rollout, edge, { state, at: here.now, problem: problem ?? null });
  if (numUpdatedRows === 0n) return 'this edge was told of no such rollout';
  tellOf(here, rollout);
  return undefined;
}

/** Gives an edge that has just come what was rolled out to all: of each thing the newest. */
export async function sendDone(here: Change, edge: string): Promise<void> {
  const { tx, now } = here;
  const rows = await tx
    .selectFrom('rollout')
    .select(['id', 'about', 'noveltyJson'])
    .where('state', '=', 'done')
    .orderBy('endedAt')
    .execute();
  for (const { id, noveltyJson } of new Map(rows.map((row) => [row.about, row])).values()) {
    const seq = await send(here, edge, 'take', { rollout: id, what: JSON.parse(noveltyJson) as Novelty });
    await tx.insertInto('rolloutEdge').values({ rollout: id, edge, ring: lastRing, state: 'told', seq, at: now, problem: null }).execute();
  }
}
