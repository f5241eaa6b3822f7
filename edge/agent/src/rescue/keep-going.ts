import type { Running } from '../agent.ts';
import type { Log } from '../log.ts';

/** What holds on to a broken store for longer than this is not waited for. */
const patienceMs = 3_000;

/** Starts an edge. `damage`: why the store is to be set aside, whatever it looks like from outside. */
type Start = (onBroken: (error: Error) => void, damage?: string) => Promise<Running>;

/**
 * Keeps an edge going whose store breaks in use: it is stopped and started anew in the same process, which sets the store aside, takes over what can
 * be read of it and goes on in a new epoch.
 * @param giveUp when it does not start again: whoever watches the process starts another
 */
export async function keepGoing(start: Start, log: Log, giveUp: () => void): Promise<Running> {
  let stopped = false;
  let mending: Promise<void> | undefined;
  let running = await start(broken);

  function broken(error: Error): void {
    if (stopped || mending) return;
    log.error({ err: error.message }, 'the store broke while in use: it is set aside and the edge goes on with a new one');
    mending = mend(error.message)
      .catch((err: unknown) => {
        log.error({ err: String(err) }, 'the edge could not go on by itself: this process ends');
        giveUp();
      })
      .finally(() => {
        mending = undefined;
      });
  }

  async function mend(damage: string): Promise<void> {
    let timer: NodeJS.Timeout | undefined;
    const late = new Promise<void>((done) => {
      timer = setTimeout(done, patienceMs);
    });
    // What cannot be written into a broken store at the end is no reason to stay broken.
    await Promise.race([running.stop().catch((err: unknown) => log.warn({ err: String(err) }, 'the broken edge did not stop well')), late]);
    clearTimeout(timer);
    if (!stopped) running = await start(broken, damage);
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
