import type { Desk } from '@wayside/contract';
import { WaysideError } from '@wayside/protocol';
import type { Log } from '../log.ts';
import type { Db } from '../store/schema.ts';
import { type DownHandlers, downStreamOf } from './down-stream.ts';
import { type HubDoor, HubRefused } from './hub.ts';
import { toldThrough } from './outbox.ts';
import { pull } from './pull.ts';
import { push } from './push.ts';
import { backoff } from './retry.ts';
import { upStreamOf } from './up-stream.ts';

export type LinkState = { state: 'none' | 'connected' | 'offline'; since: number; lastSync: number | null };

export type Sync = {
  start(): void;
  stop(): Promise<void>;
  /** Something waits: send it now rather than at the next beat. */
  nudge(): void;
  state(): LinkState;
};

const beatMs = 20_000;
/** A hub whose store is put back under it gives no sign. */
const askEveryMs = 300_000;
/** While somebody waits for a person, a lost hub is tried again within this time. */
const urgentCapMs = 1_000;
const patientCapMs = 30_000;

/** Keeps edge and hub level: pushes and pulls at each nudge, wake or beat, and waits longer after each failure. */
export function createSync(options: {
  db: Db;
  epoch: string;
  hub: HubDoor | undefined;
  handlers: DownHandlers;
  log: Log;
  now: () => number;
  onState(state: LinkState): void;
  /** Before anything is exchanged: what this edge shows the hub must be good. */
  onTurn?(): Promise<void>;
  /** The hub has stored a batch of what waited, or all of it. */
  onPushed(): Promise<void>;
  /** All that waited was exchanged. */
  onLevel?(): Promise<void>;
  /** Who is there at the hub, as it said with an acknowledgment. */
  onDesk?(desk: Desk): Promise<void>;
}): Sync {
  const { db, hub, handlers, log, now, onState, onPushed, onDesk, onTurn, onLevel = async () => {} } = options;
  const up = upStreamOf(db, options.epoch, now);
  const down = downStreamOf(db, handlers, log);
  let link: LinkState = { state: hub ? 'offline' : 'none', since: now(), lastSync: null };
  let running = false;
  let again = false;
  let round: Promise<void> | undefined;
  let failures = 0;
  let askedToWait = 0;
  // The hub may be another than it was, or have been put back: it is asked how far it has come, though nothing waits.
  let inDoubt = true;
  let askedAt = 0;
  // While much waits for the hub, what it has for us is fetched between batches: when it says that something waits, and else as often as at rest.
  let woken = true;
  let fetchedAt = 0;
  let told: string | undefined;
  let timer: NodeJS.Timeout | undefined;
  let endWake: (() => void) | undefined;

  function say(state: LinkState['state']): void {
    const changed = link.state !== state;
    link = { state, since: changed ? now() : link.since, lastSync: state === 'connected' ? now() : link.lastSync };
    if (!changed) return;
    log.info({ hub: hub?.url }, state === 'connected' ? 'the hub is there' : 'the hub is not there; everything is kept here until it is');
    onState(link);
  }

  /** Each reason once: a hub that was away and comes back without knowing us is another trouble than one that is away. */
  function tellOnce(error: Error): void {
    const { message } = error;
    if (message === told) return;
    told = message;
    if (error instanceof WaysideError && error.code === 'unauthorized')
      log.error(
        { hub: hub?.url, err: message },
        'the hub does not know this edge: was its data lost, or the edge locked out, or away for more than a year? Everything is kept here; make a code for this edge at the hub and start it once with --enrol CODE, or put the data of the hub back',
      );
    else log.warn({ hub: hub?.url, err: message }, 'sync did not get through');
  }

  async function fetch(door: HubDoor): Promise<void> {
    woken = false;
    await pull(down, door, log, onDesk);
    fetchedAt = now();
    await listenForWake(door);
  }

  function gotThrough(): void {
    failures = 0;
    told = undefined;
    say('connected');
  }

  /** A month may wait: whoever speaks with somebody at the hub meanwhile is heard, and hears. */
  async function between(door: HubDoor): Promise<boolean> {
    await onPushed();
    gotThrough();
    if (woken || Math.abs(now() - fetchedAt) > beatMs) await fetch(door);
    return running;
  }

  async function once(door: HubDoor): Promise<void> {
    try {
      do {
        again = false;
        await onTurn?.();
        const ask = inDoubt || link.state !== 'connected' || now() - askedAt > askEveryMs;
        await push(up, door, { log, onDesk, between: () => between(door) }, ask);
        if (ask) askedAt = now();
        inDoubt = false;
        if (!running) return;
        await onPushed();
        await fetch(door);
        await onLevel();
      } while (again && running);
      gotThrough();
    } catch (error) {
      failures++;
      woken = true;
      askedToWait = error instanceof HubRefused ? error.waitMs : 0;
      tellOnce(error as Error);
      say('offline');
    }
  }

  async function nextWait(): Promise<number> {
    if (failures === 0) return beatMs;
    return askedToWait + backoff(failures, Math.random, 250, (await someoneWaits(db)) ? urgentCapMs : patientCapMs);
  }

  function run(): void {
    if (!hub || !running || round) return;
    clearTimeout(timer);
    round = once(hub).finally(async () => {
      round = undefined;
      const wait = await nextWait().catch(() => beatMs);
      if (running) timer = setTimeout(run, again && failures === 0 ? 0 : wait);
    });
  }

  async function listenForWake(door: HubDoor): Promise<void> {
    if (endWake) return;
    // With all of TLS behind it: an edge without a hub never needs it.
    const { openWakeSocket } = await import('./wake-socket.ts');
    if (!running) return;
    endWake = openWakeSocket(door, {
      wake() {
        woken = true;
        nudge();
      },
      close() {
        endWake = undefined;
        // A socket that closes is the first sign of a lost hub: look at once.
        inDoubt = true;
        nudge();
      },
    });
  }

  function nudge(): void {
    again = true;
    // After a failure only the timer tries again, however often we are nudged; but a person who asks for a person brings it forward.
    if (failures === 0) run();
    else if (!round) {
      clearTimeout(timer);
      // The last news of a stop may find the store closed.
      const waiting = nextWait().catch(() => beatMs);
      void waiting.then((wait) => {
        clearTimeout(timer);
        if (running && !round) timer = setTimeout(run, wait);
      });
    }
  }

  return {
    start() {
      running = true;
      run();
    },
    async stop() {
      running = false;
      clearTimeout(timer);
      endWake?.();
      await round;
      clearTimeout(timer);
    },
    nudge,
    state: () => link,
  };
}

async function someoneWaits(db: Db): Promise<boolean> {
  const told = await toldThrough(db);
  return (
    (await db.selectFrom('outbox').select('seq').where('kind', '=', 'handoff').where('seq', '>', told).limit(1).executeTakeFirst()) !==
    undefined
  );
}
