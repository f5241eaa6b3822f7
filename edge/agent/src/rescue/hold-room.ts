import type { Log } from '../log.ts';
import type { Ballast } from '../store/ballast.ts';
import type { Db } from '../store/schema.ts';
import { enqueue } from '../sync/outbox.ts';
import type { History } from '../telemetry/history.ts';
import type { Forgotten } from '../telemetry/ring.ts';
import type { ForgetAside } from './forget-aside.ts';

/** While the disk is full telemetry gives up this much of what it holds, each time. */
const givesWay = 0.9;

/**
 * Keeps telemetry within its bounds of age and room, and damaged stores within theirs; has telemetry give way while the disk is full. All it loses is said in the record, which is
 * never thinned.
 */
export function createRoomKeeper(parts: {
  db: Db;
  history: Pick<History, 'prune' | 'keepWithin' | 'size'>;
  ballast: Ballast | undefined;
  mostBytes: number;
  mostMs: number;
  /** Damaged stores that were set aside, and how long they are kept. */
  forgetAside: ForgetAside;
  asideMs: number;
  log: Log;
  now: () => number;
  onRecord(): void;
}) {
  const { db, history, ballast, mostBytes, mostMs, forgetAside, asideMs, log, now, onRecord } = parts;
  let wasThrown = false;

  async function tell(lost: Forgotten | undefined, reason: 'age' | 'room'): Promise<void> {
    if (!lost) return;
    await enqueue(db, 'gap', { of: 'telemetry', reason, from: lost.from, to: lost.to, count: lost.chunks, at: Math.floor(now()) }, now());
    onRecord();
  }

  async function watchDisk(): Promise<void> {
    const thrown = (await ballast?.look()) ?? false;
    if (thrown === wasThrown && !thrown) return;
    if (thrown !== wasThrown)
      log.warn(
        thrown ? 'the disk is nearly full: the room held back is given up, and the oldest telemetry gives way' : 'the disk has room again',
      );
    wasThrown = thrown;
    if (thrown) await tell(await history.keepWithin((await history.size()) * givesWay), 'room');
  }

  return {
    /** Every few seconds. */
    watchDisk: () => watchDisk().catch((err) => log.error({ err }, 'room could not be made on the disk')),
    /** Now and then: what is too old, or too much, goes. */
    thin: async () => {
      try {
        await db.transaction().execute((tx) => forgetAside(tx, 'age', (at) => at <= now() - asideMs));
        await tell(await history.prune(now() - mostMs), 'age');
        await tell(await history.keepWithin(mostBytes), 'room');
      } catch (err) {
        log.error({ err }, 'what is too old could not be removed');
      }
    },
  };
}
