import type { Entry, Key, Receipt } from '@wayside/record';
import type { SessionSeal } from '../api/types.ts';
import type { Log } from '../log.ts';
import type { Db } from '../store/schema.ts';
import type { DownHandlers } from '../sync/down-stream.ts';
import type { HubDoor } from '../sync/hub.ts';
import { queue } from '../sync/outbox.ts';
import { exportSession } from './export.ts';
import type { OperatorSays } from './follow-restoration.ts';
import { lookThroughRecord } from './look-through-record.ts';
import { keepReceipt } from './receipts.ts';
import { createRecorder } from './recorder.ts';
import { sealOf } from './seal-of.ts';
import { createWitness } from './witness.ts';

/** With something new of ours in it the hub's log is looked at soon, else now and then. */
const lookSoonMs = 5_000;
const lookSeldomMs = 10 * 60_000;

/** The tamper-evident record of this edge: what the rooms note in their transactions is sealed here, shown, given out, and watched at the hub. */
export function createRecord(parts: {
  db: Db;
  data: string;
  edge: string;
  hub: HubDoor | undefined;
  now: () => number;
  log: Log;
  operatorSays: OperatorSays;
  onSealed(): void;
}) {
  const { db, hub, edge, now, log } = parts;
  const recorder = createRecorder(parts);
  const witness =
    hub &&
    createWitness({
      ...{ db, hub, edge, now, log },
      signer: () => recorder.keys.witness(),
      operatorSays: parts.operatorSays,
      async resend(tx, kept) {
        await queueSeals(tx, await lastSealWithin(tx, kept), now());
        news = true;
      },
    });
  const ending = new AbortController();
  let looking: Promise<void> | undefined;
  let lookedAt = Number.NEGATIVE_INFINITY;
  let news = true;
  let level = false;

  const handlers: Pick<DownHandlers, 'receipt' | 'record-wanted' | 'rolled-back'> = {
    async receipt(tx, receipt) {
      // One that does not hold may be of a log that was begun anew: that is seen by looking.
      news = true;
      if (!(await keepReceipt(tx, receipt))) log.warn({ seal: receipt.seal }, 'the hub sent a receipt that does not hold; it is not kept');
      return undefined;
    },
    async 'record-wanted'(tx, { after }) {
      await queueSeals(tx, after, now());
      news = true;
      return parts.onSealed;
    },
    async 'rolled-back'(_tx, { seal }) {
      log.warn(
        { seal },
        'the hub knows more of the record than is here: this store was put back to an earlier state, and a new epoch says so',
      );
      return () =>
        void recorder.rolledBack().catch((err) => log.error({ err: String(err) }, 'the new epoch of the record could not begin'));
    },
  };

  /** A failure here is the log's, not the sync's. */
  async function watch(): Promise<void> {
    if (!witness || !level || now() - lookedAt < (news ? lookSoonMs : lookSeldomMs)) return;
    lookedAt = now();
    news = false;
    await witness.look().catch((err) => {
      [news, level] = [true, false];
      log.warn({ err: String(err) }, 'the log of the hub could not be looked at');
    });
  }

  return {
    handlers,
    start: recorder.start,
    look: recorder.look,
    async tick(): Promise<void> {
      await recorder.tick();
      await watch();
    },
    /** Whether all that lies here is still what was signed; call it when service has begun. */
    lookThrough(): void {
      looking ??= lookThroughRecord(db, log, now, ending.signal);
    },
    async stop(): Promise<void> {
      ending.abort();
      await looking;
      await recorder.stop();
    },
    /** A conversation as a file anyone can check. It is itself recorded that it was made. */
    exportSession: (session: string) => exportSession(db, recorder, session, now),
    /** How well a conversation is recorded now. */
    sealOf: (session: string): Promise<SessionSeal> => sealOf(db, recorder.tip(), session),
    /** Seals all there is, and says how the conversation stands: what is shown at its end. */
    async sealNow(session: string): Promise<SessionSeal> {
      await recorder.sealAll();
      return sealOf(db, recorder.tip(), session);
    },
    /** It was away; whoever brought it back may have changed something. */
    hubIsBack(): void {
      news = true;
    },
    /** Edge and hub are level: a good moment to look whether the hub's log only grew. */
    async watchHub(): Promise<void> {
      level = true;
      await watch();
    },
  };
}
export type RecordRoom = ReturnType<typeof createRecord>;

/** The last seal up to which all lie among so many leaves of the log, as their receipts say. */
async function lastSealWithin(tx: Db, kept: number): Promise<number> {
  const rows = await tx.selectFrom('recordSeal').select(['n', 'receipt']).orderBy('n').execute();
  const beyond = rows.find(({ receipt }) => receipt === null || (JSON.parse(receipt) as Receipt).index >= kept);
  return (beyond?.n ?? (rows.at(-1)?.n ?? 0) + 1) - 1;
}

/** The hub asked for what comes after a seal. */
async function queueSeals(tx: Db, after: number, now: number): Promise<void> {
  const seals = await tx.selectFrom('recordSeal').select(['n', 'text']).where('n', '>', after).orderBy('n').execute();
  for (const { n, text } of seals) {
    const entries = await tx.selectFrom('recordEntry').select('entry').where('seal', '=', n).orderBy('n').execute();
    const keys = await tx
      .selectFrom('recordKey')
      .select('text')
      .where('seals', '=', n - 1)
      .orderBy('n')
      .execute();
    const body = {
      keys: keys.map(({ text }) => JSON.parse(text) as Key),
      entries: entries.map(({ entry }) => JSON.parse(entry as string) as Entry),
      seal: JSON.parse(text),
    };
    await queue(tx, 'seal', body, now);
  }
}
