import type { Ears, Embedder, Generator, Synthesizer } from '@wayside/models';
import { packsRoot } from '@wayside/packs';
import { type Localized, topicOf, WaysideError } from '@wayside/protocol';
import { createAdvice } from './advice/advice.ts';
import { createDoor } from './api/auth.ts';
import { createPageTokens } from './api/page-tokens.ts';
import { createHttp } from './api/serve.ts';
import type { Site } from './api/site.ts';
import type { Status } from './api/types.ts';
import { type Commands, createCommands } from './commands/commands.ts';
import { ballastFile, type Config, historyFile, identityFile, installedPacksFolder, policiesFolder, storeFile } from './config.ts';
import { type Conversation, createConversation } from './conversation.ts';
import { whereIn } from './dialogue/procedure.ts';
import { createResponder, talkedAbout } from './dialogue/responder.ts';
import { findSession, speakerOf, talkingSince, turnsOf, waitingIn } from './dialogue/session.ts';
import { createDesk } from './escalation/desk.ts';
import { advance, arrived, becameSafe } from './escalation/handoffs.ts';
import { Events } from './events.ts';
import { createHubNews } from './hub-news.ts';
import { createKnowledge } from './knowledge/knowledge.ts';
import { shelve } from './knowledge/shelve.ts';
import { createAdapters } from './link/adapters/adapters.ts';
import { panelAddresses } from './link/addresses.ts';
import { type Broker, createBroker } from './link/broker.ts';
import { createDeviceKeys } from './link/device-keys.ts';
import { announceToHomeAssistant } from './link/home-assistant-out.ts';
import type { createOuterBroker } from './link/outer-broker.ts';
import { createPairing } from './link/pairing.ts';
import type { createViss } from './link/viss.ts';
import type { Log } from './log.ts';
import { createMachine } from './machine.ts';
import { createMetrics } from './metrics.ts';
import { actionsOf } from './packs/actions.ts';
import { familyOf } from './packs/family.ts';
import { readPicture } from './packs/read-picture.ts';
import { servePacks } from './packs/serve-packs.ts';
import { createSitePolicies } from './packs/site-policies.ts';
import { createThingDescriptions } from './packs/thing-descriptions.ts';
import type { Prepare } from './prepare/prepare.ts';
import { createPeople } from './profiles/people.ts';
import { whyNot } from './profiles/permit.ts';
import { createRecommendations } from './recommend/recommendations.ts';
import { createRecord } from './record/room.ts';
import { repairsOf } from './repair/keep.ts';
import { createRepairs } from './repair/repairs.ts';
import { createRoomKeeper } from './rescue/hold-room.ts';
import { lookThrough } from './rescue/look-through.ts';
import { openHistoryOrNew } from './rescue/open-history.ts';
import { openOrRescue } from './rescue/open-or-rescue.ts';
import { readSecrets } from './secrets.ts';
import { diskState } from './status.ts';
import { createBallast } from './store/ballast.ts';
import { keepIdentity } from './store/identity.ts';
import { joinHub } from './sync/enrol.ts';
import { createHubDoor } from './sync/hub.ts';
import { countWaiting, enqueue } from './sync/outbox.ts';
import { createSync } from './sync/sync.ts';
import { readingsEveryMs } from './telemetry/readings.ts';
import { createVisits } from './visits/visits.ts';
import { createBias } from './voice/bias.ts';
import { answeredWithinMs, createGestures } from './voice/gestures.ts';
import { createHandle } from './voice/handle.ts';
import { sayNames } from './voice/say-names.ts';
import { createVoice } from './voice/voice.ts';
import { createWyoming } from './voice/wyoming.ts';

export type AgentParts = {
  config: Config;
  log: Log;
  now: () => number;
  version: string;
  prepare: Prepare;
  /** Absent in the lite tier. */
  generator?: Generator;
  /** Absent where none is here: then only what templates and articles say is understood. */
  embedder?: Embedder;
  /** Absent where nobody can be heard, or nothing said aloud. */
  ears?: Ears;
  synthesizer?: Synthesizer;
  /** Which tier this machine carries, and why, for people. */
  tier: { tier: 'lite' | 'standard'; reason: Localized };
  /** The store was found damaged while in use: only a new start, with `damage`, can set it aside and go on. */
  onBroken?(error: Error): void;
  /** Why the store that is here is not to be used any more. */
  damage?: string | undefined;
};

export type Running = {
  edge: string;
  url: string;
  mqttPort: number;
  /** Where the Wyoming protocol is spoken, if it is. */
  wyomingPort: number | undefined;
  token: string;
  mqtt: { username: string; password: string };
  /** A link that signs one browser in, once. */
  panelLink(): string;
  stop(): Promise<void>;
};

/** Builds an edge from its rooms and starts it. It joins them; it decides nothing. */
export async function startAgent({
  config,
  log,
  now,
  version,
  prepare,
  generator,
  embedder,
  ears,
  synthesizer,
  tier,
  onBroken,
  damage: storeDamage,
}: AgentParts): Promise<Running> {
  const startedAt = now();
  const prepared = await prepare(config.packs ?? packsRoot, installedPacksFolder(config));
  const packs = servePacks(prepared, log);
  const policies = createSitePolicies(policiesFolder(config), packs.byFamily, log);
  const adapter = createAdapters(
    log,
    { now, send: (topic, payload) => void publish(topic, payload, { once: true }).catch(() => {}) },
    config.mapping === undefined ? undefined : await mappingFrom(config.mapping),
  );
  // The store is also the lock on the folder, so it comes first.
  const store = await openOrRescue(storeFile(config), identityFile(config), log, now, onBroken, storeDamage);
  const secrets = await readSecrets(config.data);
  const { history, damage } = await openHistoryOrNew(historyFile(config), log, now);
  const { db } = store;
  if (damage !== undefined)
    await enqueue(db, 'gap', { of: 'telemetry', reason: 'damage', detail: damage.slice(0, 500), at: Math.floor(now()) }, now());
  const { token, epoch } = await joinHub(db, store, config, log, now);
  await keepIdentity(identityFile(config), { edge: store.edge, ...(token ? { hubToken: token } : {}) });
  const events = new Events();
  const metrics = createMetrics();
  const knowledge = createKnowledge(db);
  const desk = createDesk(db, now);
  await desk.load();
  const hub = config.hubUrl && token ? createHubDoor(config.hubUrl, token) : undefined;
  const record = createRecord({ db, data: config.data, edge: store.edge, hub, now, log, onSealed: () => sync.nudge() });
  const onRecord = () => {
    sync.nudge();
    record.look();
  };
  const mebibyte = 2 ** 20;
  const room = createRoomKeeper({
    db,
    history,
    ballast:
      config.ballastMiB === 0
        ? undefined
        : createBallast(ballastFile(config), config.ballastMiB * mebibyte, async () => (await diskState(config.data)).freeBytes),
    mostBytes: config.historyMiB * mebibyte,
    mostMs: config.retentionDays * 86_400_000,
    log,
    now,
    onRecord,
  });
  const people = createPeople({ db, edge: store.edge, log, now, linesOf: turnsOf, link: () => hub, onRecord });

  const machine = createMachine({
    store,
    history,
    adapter,
    packs: packs.byFamily,
    events,
    metrics,
    log,
    now,
    onRecord,
    climate: config.climate,
    onOutcome(thing, message) {
      commands.outcome(thing, message);
      // Codes may have been cleared before the device said so, or none may have stood.
      commands.samples(thing, [machine.standingCodes(thing)]);
    },
    onEvent: (thing, message) => void gestures(thing, message),
    onSamples(thing, samples) {
      commands.samples(thing, samples);
      recommendations.samples(thing, samples);
    },
  });
  const { registry, watch, telemetry, modelFor } = machine;
  const commands: Commands = createCommands({
    db,
    log,
    now,
    monotonic: () => performance.now(),
    whyNot: (person, risk) => whyNot(people.standing(person), risk),
    thing(id) {
      const known = registry.get(id);
      return known && talkedAbout(known, packs.byFamily, telemetry, commands);
    },
    async send(thing, command) {
      if (!registry.get(thing)?.ownWords) return publish(topicOf(thing, 'command'), JSON.stringify(command), { once: true });
      const order = adapter.order?.(thing, command.name, command.args);
      if (order) await publish(order.topic, order.payload, { once: true, retain: order.retain });
      // It has no word for "done": that it was told is all it says, and the read-back shows the rest.
      commands.outcome(thing, { id: command.id, state: order ? 'done' : 'failed' });
    },
    onChange: (command, before) => conversation.unasked.command(command, before),
  });
  const repairs = createRepairs({
    db,
    log,
    now,
    watch,
    latest: telemetry.latest,
    onChange(repair) {
      if (repair.state === 'fixed') watch.mended(repair.thing, repair.fault);
      conversation.unasked.repair(repair);
    },
  });
  const advice = createAdvice({
    db,
    log,
    now,
    things: registry.all,
    faults: () => watch.faults(),
    onChange: (open, news) => conversation.unasked.advice(open, news, (thing) => registry.get(thing)?.description?.title ?? thing),
  });
  const recommendations = createRecommendations({
    db,
    log,
    now,
    packs: packs.byFamily,
    thing: registry.get,
    faults: () => watch.faults(),
    danger: () => [...watch.faults(), ...advice.open()].some(({ severity, safety }) => severity === 'danger' || safety === 'stop'),
    busy: (thing) => watch.busy(thing, now()),
    rate: repairs.rate,
    onChange(told) {
      if (told) metrics.recommendations.inc(told);
      events.tellSite({ event: 'recommendations', data: {} });
      onRecord();
    },
  });
  const conversation: Conversation = createConversation({
    db,
    now,
    machine,
    log,
    commands,
    repairs,
    people,
    responder: createResponder({
      customer: desk.customer,
      people,
      packs: packs.byFamily,
      grammar: prepared.grammar,
      examples: prepared.examples,
      watch,
      knowledge,
      telemetry,
      registry,
      commands,
      repairs,
      now,
      ...(generator ? { generator } : {}),
      ...(embedder ? { embedder } : {}),
    }),
    escalation: {
      now,
      registry,
      packs: packs.byFamily,
      history,
      faults: (thing) => watch.faults(thing),
      dtcs: (thing) => watch.dtcs(thing),
      people,
    },
    events,
    metrics,
    hubIsThere: () => sync.state().state === 'connected',
    desk,
    onRecord,
  });

  const visits = createVisits({
    db,
    hub,
    log,
    now,
    events,
    watched(thing) {
      const known = registry.get(thing);
      if (!known) return undefined;
      const actions = known.onlyTells ? {} : actionsOf(known.description, packs.byFamily.get(familyOf(known, packs.byFamily)));
      return { signals: modelFor(thing), actions, latest: telemetry.latest(thing) };
    },
    propose: ({ session, action, args, by, visit }, thing) => conversation.suggest(session, { action, args, thing, for: { by, visit } }),
    onRecord,
  });

  const gestures = createGestures({
    log,
    async waiting() {
      const sessions = await talkingSince(db, now() - answeredWithinMs);
      return Promise.all(sessions.map(async (id) => waitingIn(await findSession(db, id))));
    },
    take: conversation.take,
  });
  const mouth = synthesizer && sayNames(synthesizer, packs.byFamily);
  const bias = createBias(prepared.sayings, packs.byFamily, registry);
  const voice = createVoice({
    ears,
    synthesizer: mouth,
    now,
    monotonic: () => performance.now(),
    localeOf: async (session) => (await findSession(db, session)).locale,
    bias,
    take: (session, { id, text, confidence, cut }) =>
      conversation.take(session, { id, text, interrupts: cut !== undefined, voice: { confidence, ...(cut ? { cut } : {}) } }),
    onSession: (session, listener) => events.onSession(session, listener),
  });

  const sync = createSync({
    db,
    epoch,
    hub,
    handlers: createHubNews(events, createKnowledge, repairs, advice, people, visits, record.handlers, now),
    log,
    now,
    onDesk: desk.learn,
    onState({ state }) {
      if (state === 'connected') record.hubIsBack();
      void status().then((data) => events.tellSite({ event: 'status', data }));
    },
    async onPushed() {
      for (const caseId of await arrived(db)) {
        const moved = await advance(db, caseId, 'at-hub');
        if (moved) events.tellSession(moved.session, { event: 'handoff', data: moved });
      }
      for (const safe of await becameSafe(db)) events.tellSession(safe.session, { event: 'handoff', data: safe });
    },
    onLevel: record.watchHub,
  });

  const keys = createDeviceKeys(db, now);
  const pairing = createPairing(now);
  const broker = createBroker({
    host: config.host,
    port: config.mqttPort,
    credentials: secrets.mqtt,
    siteKeyFrom: config.siteKey,
    keys,
    log,
    onMessage: machine.hear,
  });
  const outer = config.brokerUrl === undefined ? undefined : await outerBroker({ config, edge: store.edge, log, onMessage: machine.hear });
  const publish: Broker['publish'] = (topic, payload, how) => {
    outer?.publish(topic, payload, how);
    return broker.publish(topic, payload, how);
  };
  let mqttPort = config.mqttPort;
  let httpPort = config.port;
  let wyomingPort: number | undefined;

  async function status(): Promise<Status> {
    const { state, since, lastSync } = sync.state();
    const stats = generator?.stats();
    return {
      version,
      edge: store.edge,
      now: now(),
      startedAt,
      hub: { url: config.hubUrl ?? null, state, since, waiting: await countWaiting(db), lastSync },
      broker: { state: 'up', devices: broker.devices(), port: mqttPort },
      models: { tier: tier.tier, generator: stats?.state ?? 'off', reason: tier.reason, ...(stats?.model ? { name: stats.model } : {}) },
      voice: voice.state(),
      disk: await diskState(config.data),
      packs: packs.state,
    };
  }

  const site: Site = {
    events,
    people,
    devices: {
      ...keys,
      pairing,
      port: () => mqttPort,
      async add(wanted) {
        const made = await keys.add(wanted);
        // Whoever came in with the secret before is out.
        if (wanted.anew) broker.cut(wanted.device);
        return made;
      },
      async remove(device) {
        const was = await keys.remove(device);
        broker.cut(device);
        return was;
      },
    },
    addresses: () => panelAddresses(config.host, httpPort),
    speakerOf: (session) => speakerOf(db, session),
    openSession: conversation.open,
    takeTurn: conversation.take,
    handOff: conversation.handOff,
    agree: conversation.agree,
    transcript: conversation.transcript,
    record,
    seen: conversation.seen,
    propose: conversation.propose,
    consent: conversation.consent,
    cancel: conversation.cancel,
    async repairs(thing) {
      if (!registry.get(thing)) throw new WaysideError('not-found', `No thing ${thing} has spoken here.`);
      return { progress: whereIn(watch.pack(thing), repairs.progress(thing)), repairs: await repairsOf(db, thing) };
    },
    visits,
    advice: advice.open,
    dismiss: advice.dismiss,
    recommendations: recommendations.open,
    async answerRecommendation(thing, recommendation, answer, session) {
      const act = answer === 'done' && session !== undefined ? recommendations.actionOf(thing, recommendation) : undefined;
      if (act && session !== undefined) await conversation.suggest(session, { action: act.name, args: act.args, thing });
      await recommendations.answer(thing, recommendation, answer);
    },
    picture: (family, file) => readPicture(packs.byFamily.get(family), file),
    things: machine.views,
    faults: () => [...watch.faults()],
    wot: createThingDescriptions({ edge: store.edge, find: registry.get, packs: packs.byFamily, mqttPort: () => mqttPort }),
    async samples(thing, signal, from, to) {
      if (!registry.get(thing)) throw new WaysideError('not-found', `No thing ${thing} has spoken here.`);
      const unit = modelFor(thing)[signal]?.unit;
      return { ...(unit ? { unit } : {}), points: await history.read(thing, signal, from, to) };
    },
    article: (id, locale, thing) =>
      knowledge.read(
        id,
        locale,
        registry.all().flatMap((one) => (one.description && (thing ?? one.id) === one.id ? [one.description] : [])),
      ),
    voice,
    status,
    async metrics() {
      metrics.devices.set(broker.devices());
      metrics.outbox.set(await countWaiting(db));
      return { contentType: metrics.registry.contentType, body: await metrics.registry.metrics() };
    },
    healthy: async () => (await countWaiting(db)) >= 0,
  };
  const door = createDoor(secrets.token, now, people.badge, createPageTokens(secrets.token, config.pages, now));
  const http = createHttp({ host: config.host, port: config.port, version, panelDir: config.panel, site, door, log });

  await people.load();
  await keys.load();
  await record.start();
  await machine.load();
  await commands.load();
  await repairs.load();
  await advice.load();
  await recommendations.load();
  await visits.load();
  await shelve(db, prepared.articles);
  await room.watchDisk();
  await policies.start();
  const stops: (() => unknown)[] = [
    policies.stop,
    () => history.close().then(() => store.close()),
    record.stop,
    machine.stop,
    repairs.stop,
    recommendations.stop,
    commands.idle,
  ];
  const stop = async () => {
    // One that fails, as on a broken store, must not leave the store locked and the ports taken.
    const failed: unknown[] = [];
    for (const one of stops.toReversed())
      await Promise.resolve()
        .then(one)
        .catch((err: unknown) => failed.push(err));
    if (failed.length > 0) throw failed[0];
  };
  try {
    const { port } = await http.start();
    httpPort = port;
    stops.push(http.stop, voice.stop);
    ({ port: mqttPort } = await broker.start());
    // Home Assistant's birth message: devices that know it announce themselves again.
    await broker.publish('homeassistant/status', 'online', { retain: true });
    if (config.homeAssistant)
      stops.push(announceToHomeAssistant({ events, registry, packs: packs.byFamily, edge: store.edge, version, publish, log }));
    stops.push(broker.stop, sync.stop, visits.close);
    if (outer) stops.push(outer.stop);
    await outer?.start();
    if (config.vissUrl !== undefined) {
      const viss = await vissServer({ config, log, onSaid: machine.take });
      stops.push(viss.stop);
      viss.start();
    }
    sync.start();
    stops.push(every(readingsEveryMs, machine.tellReadings));
    stops.push(
      every(1_000, machine.tick),
      every(1_000, commands.tick),
      every(1_000, repairs.tick),
      every(1_000, record.tick),
      every(2_000, advice.tick),
      every(5_000, recommendations.tick),
    );
    stops.push(
      every(60_000, () => people.tick().catch((err) => log.error({ err }, 'a guest who left could not be erased; it is tried again'))),
    );
    stops.push(every(3_600_000, room.thin), every(3_000, room.watchDisk));
    if (embedder) stops.push(() => embedder.stop());
    if (ears) stops.push(() => ears.stop());
    if (mouth) stops.push(() => mouth.stop());
    if (generator) {
      stops.push(() => generator.stop());
      generator.start().catch((err) => log.warn({ err: String(err) }, 'the generator did not start; answers come from the other rungs'));
    }
    if (config.wyomingPort !== undefined) {
      const wyoming = createWyoming({
        host: config.wyomingHost,
        port: config.wyomingPort,
        version,
        log,
        now: () => performance.now(),
        ears,
        synthesizer: mouth,
        bias,
        handle: createHandle(db, conversation),
      });
      ({ port: wyomingPort } = await wyoming.start());
      stops.push(wyoming.stop);
    }
    void lookThrough(store, log, onBroken);
    const url = `http://${config.host === '0.0.0.0' ? '127.0.0.1' : config.host}:${port}`;
    return {
      edge: store.edge,
      url,
      mqttPort,
      wyomingPort,
      token: secrets.token,
      mqtt: secrets.mqtt,
      panelLink: () => `${url}/#token=${door.makeOnce()}`,
      stop,
    };
  } catch (error) {
    await stop();
    throw error;
  }
}

function every(ms: number, act: () => unknown): () => void {
  const timer = setInterval(act, ms);
  return () => clearInterval(timer);
}

/** Each is loaded only by an edge that joins one. */
const vissServer = async (parts: Parameters<typeof createViss>[0]) => (await import('./link/viss.ts')).createViss(parts);
const outerBroker = async (parts: Parameters<typeof createOuterBroker>[0]) =>
  (await import('./link/outer-broker.ts')).createOuterBroker(parts);
/** Loaded with what it needs (YAML) only by an edge that has such a file. */
const mappingFrom = async (file: string) => (await import('./link/adapters/mapping.ts')).readMapping(file);
