import { cp, mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { boilerPacks } from '../../support/boiler.ts';
import { freePort } from '../../support/free-port.ts';
import { type Wayside, wayside } from '../../support/processes.ts';
import { type Client, client } from '../../support/site.ts';
import { createLamp, type Lamp } from './lamp.ts';
import type { Side } from './moments.ts';

type HubReady = { url: string; token: string; enrolmentCode: string };
type EdgeReady = { url: string; token: string; mqtt: { url: string; username: string; password: string } };

/** A real hub and a real edge, each a process of its own that always lies and listens in the same place, and a device. */
export type Pair = {
  operator: Client;
  technician: Client;
  lamp: Lamp;
  stop(side: Side): Promise<void>;
  start(side: Side): Promise<void>;
  /** Starts it so that it dies at this moment. @returns what resolves when it has died there and was started once more */
  startToDie(side: Side, moment: string, times: number): { again: Promise<void>; hasDied(): boolean };
  /** Keeps an image of the stopped edge, and puts it back. */
  keepImage(): Promise<void>;
  putBack(): Promise<void>;
  close(): Promise<void>;
};

export async function createPair(): Promise<Pair> {
  const folder = await mkdtemp(join(tmpdir(), 'wayside-failpoints-'));
  const packs = await boilerPacks();
  const [hubPort, edgePort, mqttPort] = [await freePort(), await freePort(), await freePort()];
  const [data, image] = [join(folder, 'edge'), join(folder, 'image')];
  const quiet = ['--log-level', 'error'];
  const args: Record<Side, string[]> = {
    hub: ['hub', '--data', join(folder, 'hub'), '--port', `${hubPort}`, ...quiet],
    edge: [
      'edge',
      '--data',
      data,
      '--port',
      `${edgePort}`,
      '--mqtt-port',
      `${mqttPort}`,
      '--packs',
      packs,
      '--generator',
      'none',
      ...quiet,
    ],
  };
  // Copies are made all the time, so that edges forget. What is said is what the hub must not lose.
  const hubs = { WAYSIDE_UNNAMED_TALK: 'hub', WAYSIDE_HUB_COPIES: join(folder, 'copies'), WAYSIDE_HUB_COPY_MINUTES: '0.01' };
  const run: { hub?: Wayside<HubReady>; edge?: Wayside<EdgeReady> } = {};
  const start = async (side: Side, more: string[] = [], env: Record<string, string> = {}) => {
    run[side] = (await wayside([...args[side], ...more], { ...hubs, ...env })) as never;
  };
  await start('hub');
  args.edge.push('--hub-url', run.hub?.ready.url as string);
  await start('edge', ['--enrol', run.hub?.ready.enrolmentCode as string]);
  const lamp = createLamp((run.edge as Wayside<EdgeReady>).ready.mqtt);
  // Both keep their tokens over a restart.
  const [hub, edge] = [(run.hub as Wayside<HubReady>).ready, (run.edge as Wayside<EdgeReady>).ready];
  return {
    lamp,
    operator: client(
      () => edge.url,
      () => run.edge?.ready.token ?? edge.token,
    ),
    technician: client(
      () => hub.url,
      () => run.hub?.ready.token ?? hub.token,
    ),
    start: (side) => start(side),
    stop: async (side) => run[side]?.stop(),
    startToDie(side, moment, times) {
      let died = false;
      const die = async () => {
        // It may die before it is ready.
        const early = await start(side, [], { WAYSIDE_FAILPOINT: `${process.pid} ${moment} ${times}` }).then(
          () => undefined,
          (error: Error) => error,
        );
        if (early && !early.message.includes('ended with SIGKILL')) throw early;
        const child = run[side]?.process;
        if (!early && child) await new Promise<void>((gone) => (child.signalCode ? gone() : child.once('exit', () => gone())));
        if (!early && child?.signalCode !== 'SIGKILL') throw new Error(`it ended by itself (${child?.exitCode}): ${run[side]?.stderr()}`);
        died = true;
        await start(side);
      };
      return { again: die(), hasDied: () => died };
    },
    keepImage: async () => {
      await rm(image, { recursive: true, force: true });
      await cp(data, image, { recursive: true });
    },
    putBack: async () => {
      await rm(data, { recursive: true });
      await cp(image, data, { recursive: true });
    },
    async close() {
      await lamp.stop();
      await run.edge?.stop();
      await run.hub?.stop();
      for (const one of [folder, packs]) await rm(one, { recursive: true, force: true });
    },
  };
}
