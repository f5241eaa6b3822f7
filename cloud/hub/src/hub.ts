import { createServer, type Server } from 'node:http';
import { getRequestListener } from '@hono/node-server';
import { createAudience } from './api/audience.ts';
import type { Doors } from './api/context.ts';
import { createDoor } from './api/door.ts';
import { openEdgesPort } from './api/edges-port.ts';
import { listen } from './api/listen.ts';
import { createMeter } from './api/meter.ts';
import { createUp, isUp } from './api/up.ts';
import { upgrades } from './api/upgrade.ts';
import { createAssist } from './assist/assist.ts';
import { createCertificates } from './auth/certificates.ts';
import { createChallenges } from './auth/challenge.ts';
import { closeSecrets } from './auth/close-secrets.ts';
import { createCompany } from './auth/company.ts';
import { createEdgeAuthority } from './auth/edge-authority.ts';
import { createEdgeProof } from './auth/edge-proof.ts';
import { createEnrolment } from './auth/enrolment.ts';
import { goneAmong } from './auth/gone.ts';
import { createPasskeys } from './auth/passkeys.ts';
import type { Visitor } from './auth/places.ts';
import { hashOf } from './auth/secret.ts';
import { serviceToken } from './auth/service-token.ts';
import { createSignIn } from './auth/sign-in.ts';
import { ensureAdmin, firstAdmin } from './auth/technicians.ts';
import { tenantsOf } from './auth/tenants.ts';
import { openVault, type Vault } from './auth/vault.ts';
import { openCase } from './cases/open.ts';
import { raiseCase } from './cases/raise.ts';
import { keepTurn, markSeen } from './cases/turns.ts';
import { edgeKeyFile, type HubConfig, logKeyFile, releasesFolder, secretsKeyFile, tokenFile, updatesFolder } from './config.ts';
import { keepRated } from './customers/customers.ts';
import { createLastSeen } from './fleet/last-seen.ts';
import { keepDtcs, keepEdge, keepFaults, keepSessions, keepThings } from './fleet/report.ts';
import { byChatwoot } from './hooks/by-chatwoot.ts';
import { byEmail } from './hooks/by-email.ts';
import { byWebhook } from './hooks/by-webhook.ts';
import { createSender } from './hooks/sender.ts';
import { keepRecommendation } from './insight/recommendations.ts';
import { createPackNames } from './knowledge/names.ts';
import { seedFromPacks } from './knowledge/seed.ts';
import { createLog, type Log } from './log.ts';
import { createPeers, type Peers } from './peers/peers.ts';
import { keepPerson, spread } from './people/keep.ts';
import { eraseTold, keepAlarm, keepGap } from './record/keep.ts';
import { agreeOnLogKey, type LogKey, readLogKey } from './record/log-key.ts';
import { settleLogKey } from './record/restored.ts';
import { takeCosignature } from './record/take-cosignature.ts';
import { takeSeal } from './record/take-seal.ts';
import { keepCommand, keepConsent, keepOutcome } from './repair/keep.ts';
import { keepTook } from './rollout/carry.ts';
import { createRolloutWatch, type RolloutWatch } from './rollout/watch.ts';
import type { Ground, News } from './store/change.ts';
import { type Copies, createCopies } from './store/copies.ts';
import { createGather } from './store/gather.ts';
import { type HubStore, openHubStore } from './store/open.ts';
import type { Effects } from './sync/apply.ts';
import { waitingFor } from './sync/envelopes.ts';
import { createWake } from './sync/wake.ts';
import { createUpdates } from './updates/updates.ts';
import { createLive } from './visits/live.ts';
import { keepVisit } from './visits/visits.ts';

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

/** What the rooms make of what edges tell. */
const effectsWith = (logKey: LogKey, config: HubConfig): Effects => ({
  thing: keepThings,
  session: keepSessions,
  async turn(here, edge, turn) {
    await keepTurn(here, edge, turn);
    await spread(here, edge, turn.session, [turn]);
  },
  handoff: (here, edge, handoff) => openCase(here, edge, handoff, config),
  raise: (here, edge, raise) => raiseCase(here, edge, raise, config),
  fault: keepFaults,
  dtc: keepDtcs,
  seen: markSeen,
  command: keepCommand,
  consent: keepConsent,
  outcome: keepOutcome,
  person: keepPerson,
  recommendation: keepRecommendation,
  visit: keepVisit,
  edge: keepEdge,
  took: keepTook,
  rated: keepRated,
  seal: takeSeal(logKey),
  cosignature: takeCosignature(logKey),
  alarm: keepAlarm,
  erase: eraseTold,
  gap: keepGap,
  // These are only recorded.
  lease: async () => {},
  erased: async () => {},
  policy: async () => {},
  export: async () => {},
});

type Joined = { doors: Doors; peers: Peers | undefined; rollouts: RolloutWatch };
type Running = Joined & { store: HubStore; servers: Server[]; copies: Copies };

/** Joins the hub's rooms. Creating does nothing; `start` opens the store and the port. */
export function createHub(
  config: HubConfig,
  real: {
    now?: () => number;
    log?: Log;
    passwordWork?: number;
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

  function join(store: HubStore, token: string, logKey: LogKey, vault: Vault): Joined {
    const audience = createAudience(
      {
        tenants: (of, ids) => tenantsOf(store.db, of, ids),
        gone: (those) => goneAmong(store.db, those, now(), welcome),
      },
      (err) => log.warn({ err }, 'news could not be told; who listens comes again'),
    );
    const live = createLive();
    const tellHere = (news: News) => {
      if (news.event === 'wake') wake.wake(news.data.edge);
      else if (news.event === 'cut') wake.cut(news.data.edge);
      else if (news.event === 'live') live.tell(news.data);
      else if (news.event === 'delivery') sender.nudge();
      else if (news.event === 'out') audience.look();
      else {
        if (news.event === 'rollout') rollouts.look();
        audience.tell(news);
      }
    };
    const { shared } = store;
    const ground: Ground = {
      db: store.db,
      now,
      passwordWork: real.passwordWork,
      tell(news) {
        tellHere(news);
        peers?.tell(news);
      },
      ...(shared ? { others: { ...shared.others, here: tellHere } } : {}),
    };
    const lastSeen = createLastSeen(ground, log);
    const wake = createWake(
      (edge) => {
        lastSeen.saw(edge);
        tellHere({ event: 'fleet', data: { edge } });
        peers?.presence(edge, wake.isOnline(edge));
      },
      (edge) => void wakeIfWaiting(edge).catch(() => {}),
    );
    // A fleet that comes back is asked about together.
    const wakeIfWaiting = createGather(async (edges: readonly string[]) => {
      (await waitingFor(ground, edges)).forEach(wake.wake);
      return edges;
    }, 1);
    const onMissed = () => {
      audience.part();
      void waitingFor(ground, wake.edges()).then(
        (edges) => edges.forEach(wake.wake),
        () => {},
      );
    };
    const peers = shared && createPeers({ ...store, shared }, { here: wake.edges, hear: tellHere, onMissed, now, log });
    const sender = createSender(
      ground,
      { webhook: byWebhook(vault, now), email: byEmail(config), chatwoot: byChatwoot(ground, config.publicUrl) },
      log,
    );
    const passkeys = createPasskeys(ground, createChallenges(ground, token));
    const signIn = createSignIn(ground, passkeys, vault);
    const authority = createEdgeAuthority(edgeKeyFile(config), now);
    const enrolment = createEnrolment(ground, authority);
    const certificates = createCertificates(ground, authority);
    const hash = hashOf(token);
    const welcome = async (secret: string): Promise<Visitor | undefined> =>
      hashOf(secret) === hash ? { me: await firstAdmin(ground.db) } : signIn.whose(secret);
    const isOnline = (edge: string) => wake.isOnline(edge) || peers?.isOnline(edge) === true;
    const rollouts = createRolloutWatch(ground, isOnline, log);
    const proof = createEdgeProof(certificates, now);
    const doors: Doors = {
      config,
      ground,
      log,
      effects: effectsWith(logKey, config),
      logKey,
      assist: createAssist(config, log, now),
      names: createPackNames(),
      wake,
      lastSeen,
      isOnline,
      audience,
      live,
      sender,
      meter: createMeter(),
      signIn,
      vault,
      passkeys,
      company: createCompany(ground, config),
      enrolment,
      authority,
      certificates,
      updates: createUpdates(ground, updatesFolder(config), releasesFolder(config)),
      knowEdge: proof.know,
      forgetEdge: proof.forget,
      welcome,
    };
    return { doors, peers, rollouts };
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
        const { doors, peers, rollouts } = join(store, token, logKey, vault);
        if (store.shared) await agreeOnLogKey(doors.ground, logKey);
        await closeSecrets(doors.ground, vault, store.shared !== undefined, log);
        const admin = await ensureAdmin(doors.ground);
        await seedFromPacks(doors.ground, config.packsRoot, doors.names, log);
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
        peers?.start();
        doors.sender.start();
        rollouts.start();
        const copies = createCopies(store, config, now, log);
        copies.start();
        running = { store, servers: edges ? [server, edges] : [server], doors, peers, rollouts, copies };
        log.info({ url, data: config.data }, 'the hub is up');
        return { url, token, ...(admin ? { firstAdmin: admin } : {}) };
      } catch (error) {
        await store.close();
        throw error;
      }
    },

    async stop() {
      if (!running) return;
      const { store, servers, doors, peers, rollouts, copies } = running;
      running = undefined;
      await Promise.all([copies.stop(), doors.sender.stop(), rollouts.stop()]);
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
