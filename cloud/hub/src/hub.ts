import { createServer, type Server } from 'node:http';
import { getRequestListener } from '@hono/node-server';
import { loadPacks } from '@wayside/packs';
import { createDoor } from './api/door.ts';
import { openEdgesPort } from './api/edges-port.ts';
import { listen } from './api/listen.ts';
import { createUp, isUp } from './api/up.ts';
import { upgrades } from './api/upgrade.ts';
import { closeSecrets } from './auth/close-secrets.ts';
import { serviceToken } from './auth/service-token.ts';
import { ensureAdmin, firstAdmin } from './auth/technicians.ts';
import { openVault } from './auth/vault.ts';
import { type CatchUp, createCatchUp } from './cases/catch-up.ts';
import { type HubConfig, logKeyFile, secretsKeyFile, tokenFile } from './config.ts';
import { type Joined, joinRooms } from './join-rooms.ts';
import { seedFromPacks } from './knowledge/seed.ts';
import { createLog, type Log } from './log.ts';
import { type Aging, createAging } from './people/aging.ts';
import { agreeOnLogKey, readLogKey } from './record/log-key.ts';
import { settleLogKey } from './record/restored.ts';
import { type Copies, createCopies } from './store/copies.ts';
import { type HubStore, openHubStore } from './store/open.ts';

export type Started = {
  url: string;
  /** For scripts: acts as the first admin. Also in the file `hub-token` of the data folder. */
  token: string;
  /** Only at the very first start: the admin's password, told this once and kept nowhere. */
  firstAdmin?: { name: string; password: string };
};

export type Hub = {
  /** @throws WaysideError `port-in-use`, `conflict` when another process has the data folder, `internal` */
  start(): Promise<Started>;
  /** Lets what is under way finish and closes the store. Stopping twice is stopping once. */
  stop(): Promise<void>;
  /** A path that signs a browser in, once, within 15 minutes; as the first admin when nobody is named. */
  makeSignInLink(technician?: string): Promise<string>;
  /** A code with which one edge may enrol, once, within 15 minutes. */
  createEnrolmentCode(edge?: string, tenant?: string): Promise<string>;
};

type Running = Joined & { store: HubStore; servers: Server[]; copies: Copies; aging: Aging; catchUp: CatchUp };

/** Joins the hub's rooms. Creating does nothing; `start` opens the store and the port. */
export function createHub(
  config: HubConfig,
  real: {
    now?: () => number;
    log?: Log;
    passwordWork?: number;
    /** How the packs of a folder are read. */
    loadPacks?: typeof loadPacks;
    /** A page of the store could not be read: whoever watches starts the hub again, which looks through it. */
    onBroken?(): void;
  } = {},
): Hub {
  const now = real.now ?? Date.now;
  const log = real.log ?? createLog(config.logLevel);
  let running: Running | undefined;
  let broken = false;

  function live(): Running {
    if (!running) throw new Error('start the hub first');
    return running;
  }

  return {
    async start() {
      const store = await openHubStore(config, (err) => {
        if (!broken) log.error({ err: err.message }, 'the store could not be read while in use');
        broken = true;
        real.onBroken?.();
      });
      try {
        const token = await serviceToken(tokenFile(config));
        const logKey = await readLogKey(logKeyFile(config));
        const vault = await openVault(secretsKeyFile(config));
        await settleLogKey(store.db, logKey, logKeyFile(config));
        const { doors, peers, rollouts } = joinRooms(
          config,
          { now, log, passwordWork: real.passwordWork },
          { store, token, logKey, vault },
        );
        if (store.shared) await agreeOnLogKey(doors.ground, logKey);
        await closeSecrets(doors.ground, vault, store.shared !== undefined, log);
        const admin = await ensureAdmin(doors.ground);
        await seedFromPacks(doors.ground, config.packsRoot, real.loadPacks ?? loadPacks, doors.names, log);
        const door = createDoor(doors);
        const up = createUp(doors);
        const serve = getRequestListener(door.fetch);
        const server = createServer((request, response) => void (isUp(request) ? up : serve)(request, response));
        upgrades(server, doors);
        const edges = await openEdgesPort(config, doors, door, up);
        const url = await listen(server, config.host, config.port).catch((error: unknown) => {
          edges?.close();
          throw error;
        });
        doors.wake.start();
        doors.lastSeen.start();
        doors.hereSpans.start();
        peers?.start();
        doors.sender.start();
        rollouts.start();
        const copies = createCopies(store, config, now, log);
        copies.start();
        const aging = createAging(doors.ground, config, log);
        aging.start();
        const catchUp = createCatchUp(doors.ground, log);
        catchUp.start();
        running = { store, servers: edges ? [server, edges] : [server], doors, peers, rollouts, copies, aging, catchUp };
        log.info({ url, data: config.data }, 'the hub is up');
        return { url, token, ...(admin ? { firstAdmin: admin } : {}) };
      } catch (error) {
        await store.close();
        throw error;
      }
    },

    async stop() {
      if (!running) return;
      const { store, servers, doors, peers, rollouts, copies, aging, catchUp } = running;
      running = undefined;
      await Promise.all([aging.stop(), catchUp.stop(), copies.stop(), doors.sender.stop(), rollouts.stop()]);
      const closed = Promise.all(servers.map((server) => new Promise((resolve) => server.close(resolve))));
      doors.wake.stop();
      for (const server of servers) server.closeIdleConnections();
      // Streams never end by themselves; requests that are storing something get a moment.
      const last = setTimeout(() => {
        for (const server of servers) server.closeAllConnections();
      }, 300);
      await closed;
      clearTimeout(last);
      await doors.assist.stop();
      await doors.lastSeen.stop();
      await doors.hereSpans.stop();
      await peers?.stop();
      await store.close();
      log.info('the hub has stopped');
    },

    async makeSignInLink(technician) {
      const { ground, signIn } = live().doors;
      return signIn.makeLink(technician ?? (await firstAdmin(ground.db)).id);
    },
    createEnrolmentCode: async (edge, tenant) => (await live().doors.enrolment.createCode(edge, tenant)).code,
  };
}
