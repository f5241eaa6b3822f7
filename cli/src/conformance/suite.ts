import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { WaysideError } from '@wayside/protocol';
import { type Bench, type Check, Skipped } from './check.ts';
import { away } from './checks/away.ts';
import { commands } from './checks/commands.ts';
import { hello } from './checks/hello.ts';
import { leaving } from './checks/leaving.ts';
import { telling } from './checks/telling.ts';
import { startTestEdge } from './edge.ts';
import { type Launch, startSubject } from './subject.ts';
import { createTap } from './tap.ts';

export type Outcome = { part: string; name: string; source: string; outcome: 'passed' | 'failed' | 'skipped'; why?: string; ms: number };

const parts = { hello, telling, commands, away, leaving } satisfies Record<string, Check[]>;
export type Part = keyof typeof parts;
export const partNames = Object.keys(parts) as Part[];

/**
 * Drives one device program through every check, against a real edge, in order: a device lives one life.
 * @throws WaysideError `invalid` when the program does not begin or does not answer
 * @param only parts of the suite; each stands by itself
 * @param onOutcome hears each result as it comes
 */
export async function runSuite(launch: Launch, only: readonly Part[], onOutcome: (outcome: Outcome) => void): Promise<Outcome[]> {
  const folder = await mkdtemp(join(tmpdir(), 'wayside-device-'));
  const edge = await startTestEdge();
  const tap = await createTap(edge.mqttPort);
  const thing = 'conformance-1';
  const login = await edge.letIn(thing);
  const begin = () =>
    startSubject(launch, {
      MQTT_URL: tap.url,
      MQTT_USERNAME: login.username,
      MQTT_PASSWORD: login.password,
      WAYSIDE_THING: thing,
      WAYSIDE_KEEPALIVE: '3',
      WAYSIDE_BUFFER: '100',
      WAYSIDE_STORE: join(folder, 'waiting'),
    });
  const bench: Bench = {
    thing,
    edge,
    tap,
    device: begin(),
    async restart() {
      await bench.device.kill();
      bench.device = begin();
    },
  };
  const outcomes: Outcome[] = [];
  try {
    await bench.device.ask({ do: 'state' }).catch((cause: Error) => {
      throw new WaysideError('invalid', `The device program cannot be tried: ${cause.message}. docs/conformance.md says what it must do.`, {
        cause,
      });
    });
    for (const part of only)
      for (const check of parts[part]) {
        const outcome = await tryOut(part, check, bench);
        outcomes.push(outcome);
        onOutcome(outcome);
      }
    return outcomes;
  } finally {
    await bench.device.kill();
    await tap.close();
    await edge.stop();
    await rm(folder, { recursive: true, force: true });
  }
}

async function tryOut(part: string, { name, source, run }: Check, bench: Bench): Promise<Outcome> {
  const began = performance.now();
  const end = (outcome: Outcome['outcome'], why?: string): Outcome => ({
    part,
    name,
    source,
    outcome,
    ...(why === undefined ? {} : { why }),
    ms: Math.round(performance.now() - began),
  });
  // What a failed check left broken must not fail the next.
  bench.tap.back();
  bench.tap.loseAcks(false);
  try {
    const result = await run(bench);
    return result instanceof Skipped ? end('skipped', result.why) : end('passed');
  } catch (error) {
    if (!bench.device.isAlive()) await bench.restart();
    return end('failed', (error as Error).message);
  }
}
