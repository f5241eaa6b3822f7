import { createAudience } from './api/audience.ts';
import type { Doors } from './api/context.ts';
import { createMeter } from './api/meter.ts';
import { createAssist } from './assist/assist.ts';
import { createCertificates } from './auth/certificates.ts';
import { createChallenges } from './auth/challenge.ts';
import { createCompany } from './auth/company.ts';
import { createEdgeAuthority } from './auth/edge-authority.ts';
import { createEdgeProof } from './auth/edge-proof.ts';
import { createEnrolment } from './auth/enrolment.ts';
import { goneAmong } from './auth/gone.ts';
import { createPasskeys } from './auth/passkeys.ts';
import type { Visitor } from './auth/places.ts';
import { hashOf } from './auth/secret.ts';
import { createSignIn } from './auth/sign-in.ts';
import { firstAdmin } from './auth/technicians.ts';
import { tenantsOf } from './auth/tenants.ts';
import type { Vault } from './auth/vault.ts';
import { followCases } from './cases/find.ts';
import { edgeKeyFile, type HubConfig, releasesFolder, updatesFolder } from './config.ts';
import { effectsWith } from './effects.ts';
import { createHereSpans } from './fleet/here-spans.ts';
import { createLastSeen } from './fleet/last-seen.ts';
import { byChatwoot } from './hooks/by-chatwoot.ts';
import { byEmail } from './hooks/by-email.ts';
import { byWebhook } from './hooks/by-webhook.ts';
import { byPush } from './hooks/push/by-push.ts';
import { createSender } from './hooks/sender.ts';
import { createPackNames } from './knowledge/names.ts';
import type { Log } from './log.ts';
import { createPeers, type Peers } from './peers/peers.ts';
import { createAttendance } from './queue/attendance.ts';
import type { LogKey } from './record/log-key.ts';
import { createRolloutWatch, type RolloutWatch } from './rollout/watch.ts';
import type { Ground, News } from './store/change.ts';
import { createGather } from './store/gather.ts';
import type { HubStore } from './store/open.ts';
import { waitingFor } from './sync/envelopes.ts';
import { createWake } from './sync/wake.ts';
import { createUpdates } from './updates/updates.ts';
import { createLive } from './visits/live.ts';

/** What the doors stand on, and what is begun and ended with the hub. */
export type Joined = { doors: Doors; peers: Peers | undefined; rollouts: RolloutWatch };

/** The rooms of a hub, each told of the others only what it needs. Nothing starts here. */
export function joinRooms(
  config: HubConfig,
  { now, log, passwordWork }: { now: () => number; log: Log; passwordWork?: number | undefined },
  { store, token, logKey, vault }: { store: HubStore; token: string; logKey: LogKey; vault: Vault },
): Joined {
  const audience = createAudience(
    {
      tenants: (of, ids) => tenantsOf(store.db, of, ids),
      gone: (those) => goneAmong(store.db, those, now(), welcome),
    },
    (err) => log.warn({ err }, 'news could not be told; who listens comes again'),
  );
  const live = createLive();
  const attendance = createAttendance(now, audience.whisper);
  const tellHere = (news: News) => {
    if (news.event === 'wake') wake.wake(news.data.edge);
    else if (news.event === 'cut') wake.cut(news.data.edge);
    else if (news.event === 'live') live.tell(news.data);
    else if (news.event === 'attends') attendance.hear(news.data);
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
    passwordWork,
    follow: followCases,
    tell(news) {
      tellHere(news);
      peers?.tell(news);
    },
    ...(shared ? { others: { ...shared.others, here: tellHere } } : {}),
  };
  const lastSeen = createLastSeen(ground, log);
  const hereSpans = createHereSpans(ground, log);
  const wake = createWake(
    (edge) => {
      lastSeen.saw(edge);
      hereSpans.presence(edge, wake.isOnline(edge));
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
    {
      webhook: byWebhook(vault, now),
      email: byEmail(config),
      chatwoot: byChatwoot(ground, config.publicUrl),
      push: byPush(ground, vault, config),
    },
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
    hereSpans,
    isOnline,
    audience,
    live,
    attendance,
    sender,
    meter: createMeter(),
    signIn,
    vault,
    passkeys,
    company: createCompany(ground, config),
    enrolment,
    authority,
    certificates,
    updates: createUpdates(ground, { folder: updatesFolder(config), vault }, releasesFolder(config)),
    knowEdge: proof.know,
    forgetEdge: proof.forget,
    welcome,
  };
  return { doors, peers, rollouts };
}
