import type { Value } from '@wayside/protocol';
import type { Config } from '../config.ts';
import type { Log } from '../log.ts';
import { backoff } from '../sync/retry.ts';
import type { Said } from './adapters/adapter.ts';
import { tellPassedOver } from './adapters/passed-over.ts';
import { openViss, type VissConnection } from './viss-connection.ts';
import type { Leaf } from './viss-metadata.ts';
import type { Written } from './written.ts';

export type Viss = {
  start(): void;
  stop(): void;
  /** Sets actuators of this vehicle, one after the other until one is refused; undefined when the thing is another. */
  write(thing: string, values: Record<string, Value>): Promise<Written | undefined>;
};

/**
 * A vehicle that keeps its signals at a server of VISS version 2 (W3C; Eclipse Kuksa's databroker is one): the tree it tells becomes a thing, every sensor and
 * actuator is subscribed to. A server that goes away is looked for again.
 */
export function createViss(parts: { config: Config; log: Log; onSaid(said: Said): Promise<void> }): Viss {
  const { config, log, onSaid } = parts;
  const { vissUrl, vissThing: thing, vissToken } = config;
  let connection: VissConnection | undefined;
  let leaves = new Map<string, Leaf>();
  let timer: NodeJS.Timeout | undefined;
  let failures = 0;
  let told = '';
  const passedOver = tellPassedOver(log, 'viss');

  const tell = (said: Omit<Said, 'thing'>) =>
    void onSaid({ thing, ...said }).catch((err) =>
      log.warn({ err: String(err), thing }, 'what the vehicle’s server said could not be stored'),
    );

  function open(): void {
    let known = false;
    connection = openViss(vissUrl!, vissToken, {
      tree(found) {
        [known, failures, told] = [true, 0, ''];
        leaves = new Map(found.map((leaf) => [leaf.path, leaf]));
        log.info({ viss: vissUrl, signals: found.length }, 'the vehicle’s server is read');
        const signals = Object.fromEntries(found.map(({ path, signal }) => [path, signal]));
        tell({ description: { title: thing, family: 'vehicle', signals }, presence: 'online' });
      },
      values: (at, signals) => tell({ telemetry: { ...(at === undefined ? {} : { at }), signals } }),
      passedOver,
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
      connection?.end();
    },
    async write(asked, values) {
      if (asked !== thing) return undefined;
      for (const [path, value] of Object.entries(values)) {
        const text = leaves.get(path)?.write(value);
        if (text === undefined) return { state: 'refused', detail: `${path} is no actuator there that takes this value`.slice(0, 200) };
        const error = await connection?.set(path, text);
        if (error !== undefined) return { state: 'refused', detail: error.slice(0, 200) };
      }
      return { state: 'done' };
    },
  };
}
