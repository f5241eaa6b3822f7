import type { UpAcknowledgment, UpKind } from '@wayside/contract';
import { failpoint } from '@wayside/sqlite';
import { countLate } from '../fleet/late.ts';
import { type Change, change, type Ground } from '../store/change.ts';
import { createApplying, EffectFailed, type Effects } from './apply.ts';
import { placeRecords } from './place-records.ts';
import { type IncomingRecord, type ReadRecord, readRecord } from './read-record.ts';
import { quarantinedAmong, setAside, showEquivocation } from './set-aside.ts';
import { keepRecords, moveStreams, readStreams } from './stream.ts';

/** What an edge sends: the next of its records, and those that overtake because somebody waits for them; and what let it in. */
export type Incoming = {
  edge: string;
  credential: string;
  epoch: string;
  records: readonly IncomingRecord[];
  ahead?: readonly IncomingRecord[];
};

/** A record as it was read, and whether it overtakes. */
type Read = ReadRecord & { ahead: boolean };
export type Batch = { edge: string; credential: string; epoch: string; records: readonly Read[] };

/**
 * Stores what several edges sent exactly once, with all that follows from it, in one transaction; returns after it is on disk. One edge is there once.
 * Of each, records up to the first gap are stored; the answer says how far, and the edge sends the rest again. One that overtakes is stored with its
 * number and takes effect at once; when the stream reaches that number it is known.
 * A record nobody understands is kept as it came, set aside and acknowledged, so that it blocks nothing.
 * @throws WaysideError `unauthorized` when one of them was locked out in the meantime; nothing of any is stored then
 */
export async function receive(
  ground: Ground,
  effects: Effects,
  batches: readonly Batch[],
  onFailure: (edge: string, seq: number, error: unknown) => void,
): Promise<UpAcknowledgment[]> {
  const alone = batches.some(({ records }) => reaches(records)) ? undefined : batches.map(({ edge }) => edge);
  for (let oneByOne = false; ; ) {
    try {
      const answers = await change(ground, (here) => store(here, effects, batches, oneByOne), alone);
      if (batches.some(({ records }) => records.length > 0)) failpoint('hub.up.committed');
      return answers;
    } catch (error) {
      if (!(error instanceof EffectFailed)) throw error;
      // Undone as a whole, and done again with this record set aside: one poisonous record must not stop an edge's stream.
      const poison = error.read;
      if (!poison) oneByOne = true;
      else {
        const edge = batches.find(({ records }) => records.includes(poison as Read))?.edge ?? '';
        onFailure(edge, poison.seq, error.cause);
        poison.meaning = { ok: false, reason: 'it could not be applied; the cause is in the log of the hub' };
      }
    }
  }
}

/** Reads what came in, which needs no store and so keeps nobody waiting for it. */
export function readBatch({ records, ahead = [], ...from }: Incoming): Batch {
  const read = (overtakes: boolean) => (one: IncomingRecord) => ({ ...readRecord(one), ahead: overtakes });
  return { ...from, records: [...records.map(read(false)), ...ahead.map(read(true))].sort((a, b) => a.seq - b.seq) };
}

/** What is told of one edge alone: it changes nothing that another edge's records or a technician could be changing at the same time. */
const ofTheEdge: ReadonlySet<string> = new Set<UpKind>([
  'thing',
  'edge',
  'session',
  'turn',
  'fault',
  'dtc',
  'command',
  'consent',
  'recommendation',
  'seal',
  'lease',
  'erased',
  'policy',
  'export',
]);

/** Does a batch change more than its own edge's rows? */
const reaches = (records: readonly Read[]): boolean => records.some(({ meaning }) => meaning.ok && !ofTheEdge.has(meaning.is.kind));

async function store(here: Change, effects: Effects, batches: readonly Batch[], oneByOne: boolean): Promise<UpAcknowledgment[]> {
  const stored = await readStreams(here, batches);
  const placed = batches.map((batch) => {
    const before = stored(batch);
    return { ...batch, before, ...placeRecords(batch.records, before.durableThrough, before.hashes) };
  });
  await keepRecords(here, placed);
  await countLate(
    here,
    placed.map(({ edge, fresh }) => ({ edge, made: fresh.flatMap(({ record }) => record?.at ?? []) })),
  );

  const applying = createApplying(here, effects, oneByOne);
  const odd = new Set<Batch>();
  for (const batch of placed) {
    const { edge, epoch, fresh, twice, records } = batch;
    for (const read of twice) await showEquivocation(here, edge, epoch, read);
    for (const read of fresh) {
      const objection = await applying.apply(edge, read);
      if (objection === undefined) continue;
      await setAside(here, edge, epoch, read, objection);
      odd.add(batch);
    }
    if (fresh.length < records.length) odd.add(batch);
  }
  await applying.settle();
  await moveStreams(
    here,
    placed.filter(({ before, through }) => through > before.durableThrough),
  );

  const answers: UpAcknowledgment[] = [];
  for (const batch of placed) {
    const { edge, epoch, records, before, through } = batch;
    const reached = records.filter((r) => r.ahead || r.seq <= through);
    answers.push({
      durableThrough: through,
      safeThrough: before.safeThrough,
      ahead: records.filter((r) => r.ahead).map(({ seq }) => seq),
      // All new and all applied: then none is set aside.
      quarantined: odd.has(batch) ? await quarantinedAmong(here, edge, epoch, reached) : [],
    });
  }
  if (batches.some(({ records }) => records.length > 0)) failpoint('hub.up.stored');
  return answers;
}
