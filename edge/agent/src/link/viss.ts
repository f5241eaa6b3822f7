import type { Config } from '../config.ts';
import type { Log } from '../log.ts';
import { backoff } from '../sync/retry.ts';
import type { Said } from './adapters/adapter.ts';
import { openViss } from './viss-connection.ts';

/**
 * A vehicle that keeps its signals at a server of VISS version 2 (W3C; Eclipse Kuksa's databroker is one): the tree it tells becomes a thing, every sensor and
 * actuator is subscribed to and only ever read. A server that goes away is looked for again.
 */
export function createViss(parts: { config: Config; log: Log; onSaid(said: Said): Promise<void> }): { start(): void; stop(): void } {
  const { config, log, onSaid } = parts;
  const { vissUrl, vissThing: thing, vissToken } = config;
  let end: (() => void) | undefined;
  let timer: NodeJS.Timeout | undefined;
  let failures = 0;
  let told = '';

  const tell = (said: Omit<Said, 'thing'>) =>
    void onSaid({ thing, ...said }).catch((err) =>
      log.warn({ err: String(err), thing }, 'what the vehicle’s server said could not be stored'),
    );

  function open(): void {
    let known = false;
    end = openViss(vissUrl!, vissToken, {
      tree(leaves) {
        [known, failures, told] = [true, 0, ''];
        log.info({ viss: vissUrl, signals: leaves.length }, 'the vehicle’s server is read');
        const signals = Object.fromEntries(leaves.map(({ path, signal }) => [path, signal]));
        tell({ description: { title: thing, family: 'vehicle', signals }, presence: 'online' });
      },
      values: (at, signals) => tell({ telemetry: { ...(at === undefined ? {} : { at }), signals } }),
      refused: (why) => log.debug({ viss: vissUrl }, `a signal cannot be subscribed to: ${why}`),
      end(why) {
        if (known) tell({ presence: 'offline' });
        // Said once for each reason, not at each of the attempts.
        if (why !== told) log.warn({ viss: vissUrl }, `the vehicle’s server cannot be read: ${why}; it is tried again`);
        told = why;
        timer = setTimeout(open, backoff(++failures));
      },
    });
  }

  return {
    start: open,
    stop() {
      clearTimeout(timer);
      end?.();
    },
  };
}
