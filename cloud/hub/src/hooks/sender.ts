import type { HookKind } from '../api/hook-types.ts';
import type { Log } from '../log.ts';
import type { Ground } from '../store/change.ts';

/** How something is told: as an admin set up, or to a technician's own browser. */
export type Way = HookKind | 'push';
/** A delivery with its hook, whose secret is closed. */
export type Due = { id: string; hook: string; kind: Way; to: string; secret: string; bodyJson: string; locale: string | null };
/** Hands one over. @throws with the reason, for people, when it was not taken */
export type Hand = (due: Due) => Promise<string>;

/** After each try that failed: 5 s, 30 s, 2 min, 10 min, 1 h, 6 h, 24 h; then it is dead, and shown. */
const waits = [5, 30, 120, 600, 3_600, 21_600, 86_400].map((seconds) => seconds * 1_000);
/** Whoever hands one over has it to themselves for so long: another hub on the same store does not send it too. */
const leaseMs = 60_000;
const lookMs = 2_000;
const atOnce = 20;
/** What was sent is kept for so long, for people to look at. */
const keptMs = 14 * 86_400_000;

export type Sender = { start(): void; nudge(): void; stop(): Promise<void> };

/** Hands over what waits, each at least once, the oldest first; tries again later, and longer later, what was not taken. */
export function createSender({ db, now }: Ground, hands: Record<Way, Hand>, log: Log): Sender {
  let timer: NodeJS.Timeout | undefined;
  let round: Promise<void> | undefined;
  let again = false;
  let running = false;

  async function take(): Promise<Due[]> {
    const at = Math.floor(now());
    const due = await db
      .selectFrom('delivery')
      .innerJoin('hook', 'hook.id', 'delivery.hook')
      .select([
        'delivery.id',
        'delivery.hook',
        'delivery.nextAt',
        'delivery.bodyJson',
        'hook.kind',
        'hook.to',
        'hook.secret',
        'hook.locale',
      ])
      .where('delivery.nextAt', '<=', at)
      .orderBy('delivery.nextAt')
      .limit(atOnce)
      .execute();
    const mine: Due[] = [];
    for (const { nextAt, kind, ...one } of due) {
      const { numUpdatedRows } = await db
        .updateTable('delivery')
        .set({ nextAt: at + leaseMs })
        .where('id', '=', one.id)
        .where('nextAt', '=', nextAt)
        .executeTakeFirst();
      if (numUpdatedRows > 0n) mine.push({ ...one, kind: kind as Way });
    }
    return mine;
  }

  async function handOver(due: Due): Promise<void> {
    const { tries } = (await db.selectFrom('delivery').select('tries').where('id', '=', due.id).executeTakeFirst()) ?? { tries: 0 };
    const outcome = await hands[due.kind](due).then(
      (said) => ({ state: 'sent', nextAt: null, said }),
      (error: Error) => {
        const wait = waits[tries];
        const said = error.message.slice(0, 300);
        log.warn({ delivery: due.id, to: due.kind, err: said, tries: tries + 1 }, 'a notice was not taken');
        return wait === undefined ? { state: 'dead', nextAt: null, said } : { state: 'waiting', nextAt: Math.floor(now()) + wait, said };
      },
    );
    await db
      .updateTable('delivery')
      .set({ ...outcome, tries: tries + 1 })
      .where('id', '=', due.id)
      .execute();
  }

  async function work(): Promise<void> {
    do {
      again = false;
      const due = await take();
      await Promise.all(due.map(handOver));
      if (due.length === atOnce) again = true;
    } while (again && running);
    await db
      .deleteFrom('delivery')
      .where('state', '=', 'sent')
      .where('at', '<', now() - keptMs)
      .execute();
  }

  function nudge(): void {
    again = true;
    if (!running || round) return;
    clearTimeout(timer);
    round = work()
      .catch((err) => log.error({ err: String(err) }, 'notices could not be handed over; they are kept'))
      .finally(() => {
        round = undefined;
        if (!running) return;
        timer = setTimeout(nudge, lookMs);
        timer.unref();
      });
  }

  return {
    start() {
      running = true;
      nudge();
    },
    nudge,
    async stop() {
      running = false;
      clearTimeout(timer);
      await round;
    },
  };
}
