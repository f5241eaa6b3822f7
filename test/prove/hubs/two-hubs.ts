import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { freePort } from '../../support/free-port.ts';
import { type Postgres, startPostgres } from '../../support/postgres.ts';
import { type Wayside, wayside } from '../../support/processes.ts';
import { type Front, startFront } from './front.ts';

type Ready = { url: string; token: string };
export type Which = 0 | 1;

/** Two hubs as processes of their own on one PostgreSQL, and the proxy in front of them. */
export type TwoHubs = {
  front: Front;
  database: Postgres;
  /** Of the admin; good at both. */
  token: string;
  url(which: Which): string;
  /** With no warning: SIGKILL. */
  kill(which: Which): Promise<void>;
  startAgain(which: Which): Promise<void>;
  /** What both said last, for whoever looks why. */
  stderr(): string;
  stop(): Promise<void>;
};

export async function startTwoHubs(): Promise<TwoHubs> {
  const folder = await mkdtemp(join(tmpdir(), 'wayside-hubs-'));
  const database = await startPostgres();
  const ports = [String(await freePort()), String(await freePort())] as const;
  const start = (which: Which) =>
    // One folder, as a volume they share: it holds the keys both speak with.
    wayside<Ready>(['hub', '--database', database.url, '--data', folder, '--port', ports[which], '--log-level', 'error'], {
      // Which words a model finds is nothing that is proved here.
      WAYSIDE_HUB_GENERATOR: 'none',
    });
  const hubs: [Wayside<Ready>, Wayside<Ready>] = [await start(0), await start(1)];
  const front = await startFront([hubs[0].ready.url, hubs[1].ready.url]);
  return {
    front,
    database,
    token: hubs[0].ready.token,
    url: (which) => hubs[which].ready.url,
    kill: (which) => hubs[which].kill(),
    async startAgain(which) {
      hubs[which] = await start(which);
    },
    stderr: () => hubs.map((hub) => hub.stderr()).join('\n'),
    async stop() {
      await front.stop();
      await Promise.all(hubs.map((hub) => hub.stop()));
      await database.stop();
      await rm(folder, { recursive: true, force: true });
    },
  };
}
