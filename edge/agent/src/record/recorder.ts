import { join } from 'node:path';
import { begin, canonical, hashOfLink, type Key, makeKey, mostPerSeal, nextKey, nothing, type Seal, type Signer } from '@wayside/record';
import { nodePrimitives } from '@wayside/record/node';
import { failpoint } from '@wayside/sqlite';
import type { Log } from '../log.ts';
import type { Db } from '../store/schema.ts';
import { createKeys, type Keys } from './keys.ts';
import { sealEntries } from './seal-entries.ts';
import { type KeptTip, readTip, writeTip } from './tip.ts';

/** An entry waits at most so long for its seal. */
export const sealWithinMs = 60_000;
/** A key signs for at most so long. */
export const keyLivesMs = 15 * 60_000;
/** After these a seal follows at once: a person may want to hold somebody to them. */
const sealedAtOnce = ['handoff', 'command', 'consent', 'agreement', 'outcome', 'erase', 'export', 'alarm'];

export type Recorder = {
  /** Goes on where the record stands, or begins it. */
  start(): Promise<void>;
  /** Something was noted: seal it soon if it is of a kind that does not wait. */
  look(): void;
  /** Once a second: seals what has waited, replaces a key that has served its time. */
  tick(): Promise<void>;
  /** Seals all there is now. */
  sealAll(): Promise<void>;
  /** Runs `work` with all before it sealed; what it notes is sealed with it. One transaction. */
  sealAround<T>(work: (tx: Db, tip: KeptTip) => Promise<T>): Promise<{ result: T; seal: Seal | undefined }>;
  /** The hub knows more of this record than is here: the store was put back to an earlier state. A new epoch says so. */
  rolledBack(): Promise<void>;
  tip(): KeptTip;
  keys: Keys;
  /** Seals what is there; no key goes with it. */
  stop(): Promise<void>;
};

/** Makes the record: one thing at a time, each in one transaction with what it changes. */
export function createRecorder(parts: { db: Db; data: string; edge: string; now: () => number; log: Log; onSealed(): void }): Recorder {
  const { db, edge, now, log } = parts;
  const keys = createKeys(join(parts.data, 'record'));
  let at: KeptTip | undefined;
  let signer: Signer | undefined;
  let line: Promise<unknown> = Promise.resolve();
  let soon: NodeJS.Timeout | undefined;

  const inLine = <T>(act: () => Promise<T>): Promise<T> => {
    const turn = line.then(act);
    line = turn.catch(() => {});
    return turn;
  };
  const live = (): { tip: KeptTip; signer: Signer } => {
    if (!at || !signer) throw new Error('start the record first');
    return { tip: at, signer };
  };

  async function keepKey(tx: Db, key: Key): Promise<void> {
    await tx
      .insertInto('recordKey')
      .values({ n: key.n, seals: key.seals, text: canonical(key) })
      .execute();
  }

  async function beginAnew(before: KeptTip | undefined): Promise<void> {
    const n = (before?.key ?? 0) + 1;
    const fresh = await keys.prepare(n);
    const made = before ? takeUp(before, fresh) : begin(nodePrimitives, edge, fresh, Math.floor(now()));
    const tip: KeptTip = { ...made.tip, begins: { key: n, after: before?.last ?? 0 }, keyAt: now() };
    await db.transaction().execute(async (tx) => {
      await keepKey(tx, made.key);
      await writeTip(tx, tip);
    });
    await keys.promote(n);
    [at, signer] = [tip, fresh];
  }

  /** The key is gone (its file was lost): nothing can vouch for the next one, and it says so by signing itself. */
  function takeUp(before: KeptTip, fresh: Signer): { key: Key; tip: KeptTip } {
    const body = { edge, epoch: before.epoch + 1, n: before.key + 1, at: Math.floor(now()), prev: nothing, seals: before.seals };
    const key = makeKey(fresh.publicKey, fresh, body);
    const link = hashOfLink(nodePrimitives, key);
    return { key, tip: { ...before, epoch: key.epoch, key: key.n, link, head: link } };
  }

  async function replaceKey(newEpoch = false): Promise<void> {
    const { tip, signer: old } = live();
    const fresh = await keys.prepare(tip.key + 1);
    const { key, tip: next } = nextKey(nodePrimitives, tip, old, fresh.publicKey, Math.floor(now()), newEpoch);
    const kept: KeptTip = { ...tip, ...next, keyAt: now() };
    await db.transaction().execute(async (tx) => {
      await keepKey(tx, key);
      await writeTip(tx, kept);
    });
    [at, signer] = [kept, fresh];
    await keys.promote(kept.key);
  }

  async function sealOnce(): Promise<Seal | undefined> {
    const { tip, signer: by } = live();
    const made = await db.transaction().execute((tx) => sealEntries(tx, tip, by, now()));
    if (made.seal) failpoint('edge.seal.stored');
    at = made.tip;
    if (made.seal) parts.onSealed();
    return made.seal;
  }

  async function sealEverything(): Promise<void> {
    while (await sealOnce());
  }

  /** What waits: how many, since when, and whether one of it does not wait. */
  async function waiting(): Promise<{ count: number; since: number; urgent: boolean }> {
    const { tip } = live();
    const row = await db
      .selectFrom('recordEntry')
      .select((e) => [
        e.fn.countAll<number>().as('count'),
        e.fn.min('at').as('since'),
        e.fn.max(e.case().when('kind', 'in', sealedAtOnce).then(1).else(0).end()).as('urgent'),
      ])
      .where('n', '>', tip.last)
      .executeTakeFirstOrThrow();
    return { count: Number(row.count), since: Number(row.since ?? 0), urgent: Number(row.urgent ?? 0) === 1 };
  }

  async function check(): Promise<void> {
    // Its turn came after the last seal of a recorder that stops.
    if (!at) return;
    const { count, since, urgent } = await waiting();
    // A clock that was set back must not keep an entry waiting.
    if (count >= mostPerSeal || urgent || (count > 0 && Math.abs(now() - since) >= sealWithinMs - 2_000)) await sealEverything();
    const { tip } = live();
    const { seals } = await db.selectFrom('recordKey').select('seals').where('n', '=', tip.key).executeTakeFirstOrThrow();
    if (tip.seals > seals && Math.abs(now() - tip.keyAt) >= keyLivesMs) await replaceKey();
  }

  return {
    keys,
    tip: () => live().tip,
    start: () =>
      inLine(async () => {
        const kept = await readTip(db);
        const found = kept && (await keys.read(kept.key));
        if (kept && !found)
          log.error(
            { key: kept.key },
            'the key that signs the record is gone: the record goes on with a new one that nothing before vouches for',
          );
        if (!kept || !found) return beginAnew(kept);
        [at, signer] = [kept, found];
      }),
    look() {
      if (soon || !at) return;
      soon = setTimeout(() => {
        soon = undefined;
        inLine(check).catch((err) => log.error({ err: String(err) }, 'the record could not be sealed; it is tried again'));
      }, 100);
    },
    tick: () =>
      at
        ? inLine(check).catch((err) => log.error({ err: String(err) }, 'the record could not be sealed; it is tried again'))
        : Promise.resolve(),
    sealAll: () => inLine(sealEverything),
    sealAround: (work) =>
      inLine(async () => {
        await sealEverything();
        const { tip, signer: by } = live();
        const made = await db.transaction().execute(async (tx) => {
          let before = tip;
          // Between the last seal and this transaction somebody may have said something more.
          for (let one = await sealEntries(tx, before, by, now()); one.seal; one = await sealEntries(tx, before, by, now()))
            before = one.tip;
          const result = await work(tx, before);
          return { result, ...(await sealEntries(tx, before, by, now())) };
        });
        at = made.tip;
        parts.onSealed();
        return { result: made.result, seal: made.seal };
      }),
    rolledBack: () => inLine(() => replaceKey(true)),
    async stop() {
      if (at) await inLine(sealEverything);
      at = undefined;
      // Not before: what was noted meanwhile began it anew.
      clearTimeout(soon);
    },
  };
}
