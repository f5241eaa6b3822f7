import type { VisitCall, VisitEnd, Wish } from '@wayside/contract';
import { WaysideError } from '@wayside/protocol';
import type { VisitView } from '../api/types.ts';
import type { Events } from '../events.ts';
import { createInOrder } from '../in-order.ts';
import type { Log } from '../log.ts';
import type { Db } from '../store/schema.ts';
import type { HubDoor } from '../sync/hub.ts';
import { endLeftOver, keepBegun, keepOver, keepRefused, type Visit } from './keep.ts';
import type { Watched } from './stream.ts';

/** At most so long is looked at one go, whatever the hub says. */
const longestMs = 30 * 60_000;
/** Who was shown out is not let in again for so long. */
const shownOutMs = 5 * 60_000;

export type Visits = {
  load(): Promise<void>;
  /** A technician comes or goes, in the transaction that brings the word. */
  called(tx: Db, call: VisitCall): Promise<(() => void) | undefined>;
  /** What a technician who is here would have the machine do. */
  wished(wish: Wish): (() => void) | undefined;
  open(): VisitView[];
  /** Somebody at the machine ends it. @throws WaysideError `not-found` */
  stop(visit: string): Promise<void>;
  /** The edge stops: so does every visit. */
  close(): Promise<void>;
};

/**
 * Technicians who look at a machine live: begun by the hub for a case that is open, seen on the panel from beginning to end, over when the time
 * is, when nobody looks any more, or when somebody at the machine says so.
 */
export function createVisits(parts: {
  db: Db;
  hub: Pick<HubDoor, 'live'> | undefined;
  log: Log;
  now: () => number;
  events: Events;
  watched(thing: string): Watched | undefined;
  /** Proposes the command to the person in their conversation. */
  propose(wish: Wish, thing: string): Promise<unknown>;
  onRecord(): void;
}): Visits {
  const { db, hub, log, now, events, onRecord } = parts;
  const going = new Map<string, { visit: Visit; stop(): void }>();
  const shownOut = new Map<string, number>();
  const inOrder = createInOrder();
  const changed = () => events.tellSite({ event: 'visits', data: open() });
  const open = (): VisitView[] =>
    [...going.values()].map(({ visit: { visit, by, thing, beganAt, until } }) => ({ visit, by, thing, beganAt, until }));

  const end = (id: string, why: VisitEnd): Promise<void> =>
    inOrder(id, async () => {
      const one = going.get(id);
      if (!one) return;
      one.stop();
      const line = await db.transaction().execute((tx) => keepOver(tx, one.visit, why, now()));
      going.delete(id);
      if (why === 'stopped') shownOut.set(one.visit.case, now());
      events.tellSession(line.session, { event: 'turn', data: line });
      changed();
      onRecord();
    });

  async function begin(visit: Visit): Promise<void> {
    if (!hub || going.has(visit.visit)) return;
    const { streamVisit } = await import('./stream.ts');
    const { stop } = streamVisit(visit, {
      hub,
      now,
      watched: () => parts.watched(visit.thing),
      onEnd: (why) => void end(visit.visit, why).catch((err) => log.error({ err }, 'that a visit is over could not be kept')),
    });
    going.set(visit.visit, { visit, stop });
    changed();
  }

  /** The machine of an open case, where the technician may come in. */
  async function thingOf(tx: Db, { case: id, session, until }: VisitCall): Promise<string | undefined> {
    const row = await tx
      .selectFrom('handoff')
      .select('capsule')
      .where('case', '=', id)
      .where('session', '=', session)
      .where('state', '!=', 'resolved')
      .executeTakeFirst();
    const wait = (shownOut.get(id) ?? Number.NEGATIVE_INFINITY) + shownOutMs;
    if (!row || now() >= until || now() < wait) return undefined;
    return (JSON.parse(row.capsule) as { thing?: { id: string } }).thing?.id;
  }

  return {
    load: () => endLeftOver(db, now()),
    open,
    async called(tx, call) {
      if (call.state === 'go') return () => void end(call.visit, 'left');
      const thing = await thingOf(tx, call);
      if (thing === undefined || !parts.watched(thing)) {
        await keepRefused(tx, call, now());
        return onRecord;
      }
      const { state: _, ...rest } = call;
      const visit: Visit = { ...rest, thing, beganAt: Math.floor(now()), until: Math.min(call.until, Math.floor(now()) + longestMs) };
      const line = await keepBegun(tx, visit, now());
      return () => {
        events.tellSession(line.session, { event: 'turn', data: line });
        onRecord();
        begin(visit).catch((err) => log.error({ err }, 'a visit could not begin'));
      };
    },
    wished(wish) {
      const visit = going.get(wish.visit)?.visit;
      if (!visit || visit.session !== wish.session || now() >= wish.until) return undefined;
      return () =>
        void parts
          .propose(wish, visit.thing)
          .catch((err) => log.warn({ err: String(err), action: wish.action }, 'what a technician asked for could not be proposed'));
    },
    async stop(id) {
      if (!going.has(id)) throw new WaysideError('not-found', 'Nobody looks any more.');
      await end(id, 'stopped');
    },
    async close() {
      for (const id of [...going.keys()]) await end(id, 'link');
    },
  };
}
