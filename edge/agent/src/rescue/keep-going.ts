import { Damaged } from '@wayside/sqlite';
import type { Running } from '../agent.ts';
import type { Log } from '../log.ts';

/** What holds on to a broken store for longer than this is not waited for. */
const patienceMs = 8_000;

/** What an edge that runs may ask for: its store broke, or what is new is to come into force. */
export type Calls = { onBroken(error: Error): void; again(): void };

/** Starts an edge. `damage`: why the store is to be set aside, whatever it looks like from outside. */
type Start = (calls: Calls, damage?: string) => Promise<Running>;

/** A second break within this time is no error of a disk that passed. */
const doubtMs = 600_000;

/** What is on trial is put back after two starts that came to nothing: the third is on what ran before. */
const mostStarts = 3;

/**
 * Keeps an edge going. One whose store breaks in use is stopped and started anew in the same process, which sets the store aside, takes over what can
 * be read of it and goes on in a new epoch; where it may be that the disk only did not give a page, it is looked through first, and kept when it is sound.
 * One to which something new was rolled out starts anew with it.
 * @param giveUp when it does not start again: whoever watches the process starts another
 */
export async function keepGoing(start: Start, log: Log, giveUp: () => void, monotonic = () => performance.now()): Promise<Running> {
  let stopped = false;
  let mending: Promise<void> | undefined;
  let doubted = Number.NEGATIVE_INFINITY;
  const calls: Calls = { onBroken: broken, again };
  let running = await start(calls);

  function broken(error: Error): void {
    if (stopped || mending) return;
    const doubtful = error instanceof Damaged && monotonic() - doubted > doubtMs;
    if (doubtful) doubted = monotonic();
    log.error(
      { err: error.message },
      doubtful
        ? 'the store could not be read while in use: the edge starts anew and looks through it'
        : 'the store broke while in use: it is set aside and the edge goes on with a new one',
    );
    goOn(mend(doubtful ? undefined : error.message));
  }

  function again(): void {
    if (stopped || mending) return;
    log.info({}, 'the edge starts anew, with what was rolled out to it');
    goOn(mend());
  }

  function goOn(way: Promise<void>): void {
    mending = way
      .catch((err: unknown) => {
        log.error({ err: String(err) }, 'the edge could not go on by itself: this process ends');
        giveUp();
      })
      .finally(() => {
        mending = undefined;
      });
  }

  async function mend(damage?: string): Promise<void> {
    let timer: NodeJS.Timeout | undefined;
    const late = new Promise<void>((done) => {
      timer = setTimeout(done, patienceMs);
    });
    // What cannot be written into a broken store at the end is no reason to stay broken.
    await Promise.race([running.stop().catch((err: unknown) => log.warn({ err: String(err) }, 'the edge did not stop well')), late]);
    clearTimeout(timer);
    for (let tries = 1; !stopped; tries++) {
      try {
        running = await start(calls, damage);
        return;
      } catch (error) {
        if (damage !== undefined || tries === mostStarts) throw error;
        log.error({ err: String(error) }, 'the edge did not start with what was rolled out to it');
      }
    }
  }

  return {
    get edge() {
      return running.edge;
    },
    get url() {
      return running.url;
    },
    get mqttPort() {
      return running.mqttPort;
    },
    get wyomingPort() {
      return running.wyomingPort;
    },
    get token() {
      return running.token;
    },
    get mqtt() {
      return running.mqtt;
    },
    panelLink: () => running.panelLink(),
    async stop() {
      stopped = true;
      await mending;
      await running.stop();
    },
  };
}
