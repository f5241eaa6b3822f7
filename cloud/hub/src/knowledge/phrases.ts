import { type PhraseSet, phraseSet } from '@wayside/contract';
import { newId, WaysideError } from '@wayside/protocol';
import type { z } from 'zod';
import type { Meaning, Names, newPhrases, PhraseRow } from '../api/phrase-types.ts';
import { type Change, change, type Ground } from '../store/change.ts';
import type { Db } from '../store/schema.ts';
import { send } from '../sync/envelopes.ts';

const mostListed = 200;

/** What a sentence about a family's machines can be said to mean: beside the questions, each of its signals, signs and actions. */
export const meaningsOf = (names: Names): Meaning[] =>
  Object.entries(names).flatMap(([family, { observations, signals, actions }]) => [
    ...Object.entries(observations).map(([observation, title]) => ({
      ...{ family, intent: 'observe' as const, slots: { observation, answer: 'yes' }, title },
    })),
    ...Object.entries(signals).map(([signal, title]) => ({ family, intent: 'signal' as const, slots: { signal }, title })),
    ...Object.entries(actions).map(([action, title]) => ({ family, intent: 'command' as const, slots: { action }, title })),
  ]);

/** Every set, the newest first. */
export async function listPhrases(db: Db): Promise<PhraseRow[]> {
  const rows = await db.selectFrom('phraseSet').selectAll().orderBy('updatedAt', 'desc').limit(mostListed).execute();
  return rows.map(({ setJson, state, by, updatedAt }) => ({
    ...(JSON.parse(setJson) as PhraseSet),
    state: state as PhraseRow['state'],
    by,
    updatedAt: Number(updatedAt),
  }));
}

/** Keeps a draft; no edge hears of it. */
export const draftPhrases = (ground: Ground, wanted: z.output<typeof newPhrases>, by: string): Promise<string> =>
  change(ground, async ({ tx, now }) => {
    const id = newId('ph', now);
    const setJson = JSON.stringify({ ...wanted, id });
    await tx.insertInto('phraseSet').values({ id, setJson, state: 'draft', by, updatedAt: now }).execute();
    return id;
  });

/** Teaches every edge the set as it now reads. @throws WaysideError `not-found` */
export const publishPhrases = (ground: Ground, id: string, wanted: z.output<typeof newPhrases>, by: string): Promise<void> =>
  change(ground, async (here) => {
    await readSet(here, id);
    await tell(here, 'published', phraseSet.parse({ ...wanted, id }), by);
  });

/** Takes it back everywhere: what it taught is not understood any more. @throws WaysideError `not-found` */
export const withdrawPhrases = (ground: Ground, id: string, by: string): Promise<void> =>
  change(ground, async (here) => tell(here, 'withdrawn', await readSet(here, id), by));

async function readSet({ tx }: Change, id: string): Promise<PhraseSet> {
  const row = await tx.selectFrom('phraseSet').select('setJson').where('id', '=', id).executeTakeFirst();
  if (!row) throw new WaysideError('not-found', `There is no set of phrases ${id}.`);
  return JSON.parse(row.setJson) as PhraseSet;
}

async function tell(here: Change, state: 'published' | 'withdrawn', set: PhraseSet, by: string): Promise<void> {
  await here.tx
    .updateTable('phraseSet')
    .set({ state, by, setJson: JSON.stringify(set), updatedAt: here.now })
    .where('id', '=', set.id)
    .execute();
  for (const { id } of await here.tx.selectFrom('edge').select('id').orderBy('id').execute())
    await send(here, id, 'phrases', { state, set });
}

/** Gives an edge that has just come what the others were taught. */
export async function sendPhrases(here: Change, edge: string): Promise<void> {
  const rows = await here.tx.selectFrom('phraseSet').select('setJson').where('state', '=', 'published').orderBy('id').execute();
  for (const { setJson } of rows) await send(here, edge, 'phrases', { state: 'published', set: JSON.parse(setJson) as PhraseSet });
}
