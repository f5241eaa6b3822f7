import { parseSpan, type Signal, type Value } from '@wayside/protocol';
import type { Log } from '../../log.ts';
import { backoff } from '../../sync/retry.ts';
import type { Said } from '../adapters/adapter.ts';
import { inOurUnit } from '../our-unit.ts';
import type { Written } from '../written.ts';
import { type Connection, createConnection, Refused } from './connection.ts';
import type { Controller, Point } from './controllers.ts';
import { type Block, blocksOf, isBits, placeOf, readPoint, writePoint } from './registers.ts';
import { read, wordsOf, write } from './requests.ts';

export type Modbus = {
  start(): void;
  stop(): void;
  /** Sets registers or coils of a controller; undefined when the thing is none of these. */
  write(thing: string, values: Record<string, Value>): Promise<Written | undefined>;
};

/** Nobody is asked more often, ms. */
const least = 200;
const defaultPort = 502;

/**
 * Controllers that are read by Modbus/TCP: each becomes a thing whose signals are what its file says of its registers, asked for every so often. One that is away is
 * looked for again; a register it refuses costs only itself.
 */
export function createModbus(parts: {
  controllers: readonly Controller[];
  log: Log;
  now: () => number;
  onSaid(said: Said): Promise<void>;
}): Modbus {
  const { controllers, log, now, onSaid } = parts;
  // Units behind one gateway share its connection.
  const connections = new Map<string, Connection>();
  const timers = new Map<string, NodeJS.Timeout>();
  let stopped = false;
  const connectionOf = ({ url }: Controller): Connection => {
    const { hostname, port } = new URL(url);
    const known = connections.get(`${hostname}:${port}`) ?? createConnection(hostname.replace(/^\[|\]$/g, ''), Number(port || defaultPort));
    connections.set(`${hostname}:${port}`, known);
    return known;
  };

  function watch(controller: Controller): void {
    const { thing, unit, every, title, family, maker, model, signals: points } = controller;
    const connection = connectionOf(controller);
    const blocks = blocksOf(points);
    const turns = Object.fromEntries(Object.entries(points).map(([name, point]) => [name, inOurUnit(point.unit).turn]));
    const description = {
      title: title ?? thing,
      family,
      ...(maker ? { maker } : {}),
      ...(model ? { model } : {}),
      signals: Object.fromEntries(Object.entries(points).map(([name, point]) => [name, signalOf(name, point)])),
    };
    const refused = new Set<Block>();
    let [known, failures, told] = [false, 0, ''];

    async function round(): Promise<void> {
      const began = now();
      try {
        const signals: Record<string, Value> = {};
        for (const block of blocks) {
          const answer = await read(connection, unit, block).catch((error: Error) => {
            if (!(error instanceof Refused)) throw error;
            if (!refused.has(block)) log.warn({ thing, registers: wordsOf(block) }, `registers that cannot be read: ${error.message}`);
            refused.add(block);
          });
          for (const name of answer ? block.signals : []) {
            const value = readPoint(points[name]!, block, answer!, turns[name]!);
            if (value !== undefined) signals[name] = value;
          }
        }
        failures = 0;
        told = '';
        if (stopped) return;
        await onSaid({ thing, ...(known ? {} : { description, presence: 'online' }), telemetry: { signals } });
        known = true;
      } catch (error) {
        failures++;
        const why = (error as Error).message;
        // Said once for each reason, not at each of the attempts.
        if (why !== told && !stopped)
          log.warn({ thing, modbus: controller.url }, `the controller cannot be read: ${why}; it is tried again`);
        told = why;
        if (known && !stopped) await onSaid({ thing, presence: 'offline' }).catch(() => {});
        known = false;
      }
      const wait = failures > 0 ? backoff(failures) : Math.max(least, (parseSpan(every) ?? 0) - (now() - began));
      if (!stopped)
        timers.set(
          thing,
          setTimeout(() => void round(), wait),
        );
    }
    void round();
  }

  return {
    start: () => controllers.forEach(watch),
    stop() {
      stopped = true;
      for (const timer of timers.values()) clearTimeout(timer);
      for (const connection of connections.values()) connection.close();
    },
    async write(thing, values) {
      const controller = controllers.find((one) => one.thing === thing);
      if (!controller) return undefined;
      const connection = connectionOf(controller);
      for (const [name, value] of Object.entries(values)) {
        const point = controller.signals[name];
        const { table = 'input', address = 0, length = 0 } = point ? placeOf(point) : {};
        const bytes = point && writePoint(point, value, inOurUnit(point.unit).back);
        if (!bytes || table === 'input' || table === 'discrete') return { state: 'refused', detail: `${name} cannot be set to this value` };
        const failed = await write(connection, controller.unit, table, address, length, bytes).then(
          () => undefined,
          (error: Error) => ({ state: error instanceof Refused ? ('refused' as const) : ('failed' as const), detail: error.message }),
        );
        if (failed) return failed;
      }
      return { state: 'done' };
    },
  };
}

function signalOf(name: string, point: Point): Signal {
  const { title, kind, states } = point;
  const { unit } = inOurUnit(point.unit);
  const type = isBits(placeOf(point).table) ? 'boolean' : states ? 'string' : 'number';
  return {
    title: title ?? name,
    type,
    ...(type === 'number' && unit ? { unit } : {}),
    ...(kind ? { kind } : {}),
    ...(states ? { states: Object.values(states) } : {}),
  };
}
