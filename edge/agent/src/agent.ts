import type { FaultReport, Turn } from '@wayside/contract';
import type { Generator } from '@wayside/models';
import { newId, type Sample, WaysideError } from '@wayside/protocol';
import { createDoor } from './api/auth.ts';
import { createHttp } from './api/serve.ts';
import type { Site } from './api/site.ts';
import { thingView } from './api/views.ts';
import { type Config, historyFile, storeFile } from './config.ts';
import { keepDtc, keepFaults, recall } from './diagnosis/memory.ts';
import { createWatch } from './diagnosis/watch.ts';
import { createResponder } from './dialogue/responder.ts';
import { addTurn, findSession, openSession, transcriptOf } from './dialogue/session.ts';
import { takeTurn } from './dialogue/turn.ts';
import { askedRule, escalate } from './escalation/escalate.ts';
import { advance, arrived, openHandoff } from './escalation/handoffs.ts';
import { Events } from './events.ts';
import { createInOrder } from './in-order.ts';
import { createKnowledge } from './knowledge/knowledge.ts';
import { createBroker } from './link/broker.ts';
import { createDevices } from './link/devices.ts';
import { createRegistry } from './link/registry.ts';
import type { Log } from './log.ts';
import { createMetrics } from './metrics.ts';
import { modelOf } from './packs/family.ts';
import { readPacks } from './packs/read-packs.ts';
import { readSecrets } from './secrets.ts';
import { diskState } from './status.ts';
import { openEdgeStore } from './store/open.ts';
import { createHandlers } from './sync/handlers.ts';
import { createHubDoor } from './sync/hub.ts';
import { countWaiting, enqueue } from './sync/outbox.ts';
import { createSync } from './sync/sync.ts';
import { openHistory } from './telemetry/history.ts';
import { createTelemetry } from './telemetry/telemetry.ts';

export type AgentParts = {
  config: Config;
  log: Log;
  now: () => number;
  version: string;
  /** Absent in the lite tier. */
  generator?: Generator;
  /** Why the tier is what it is, for people. */
  tier: { tier: 'lite' | 'standard'; reason: string };
};

export type Running = {
  edge: string;
  url: string;
  mqttPort: number;
  token: string;
  mqtt: { username: string; password: string };
  /** A link that signs one browser in. */
  panelLink(): string;
  stop(): Promise<void>;
};

/** Builds an edge from its rooms and starts it. It joins them; it decides nothing. */
export async function startAgent({ config, log, now, version, generator, tier }: AgentParts): Promise<Running> {
  const startedAt = now();
  const packs = await readPacks(config.packs, log);
  const secrets = await readSecrets(config.data);
  const store = await openEdgeStore(storeFile(config), now);
  const history = await openHistory(historyFile(config));
  const { db } = store;
  const events = new Events();
  const metrics = createMetrics();
  const inOrder = createInOrder();

  // --- what the machine says -------------------------------------------------------------------------------------------
  const watch = createWatch({
    packs: packs.byFamily,
    onChange(thing, faults) {
      void inOrder(`faults ${thing}`, () => keepFaults(db, thing, faults, now()))
        .then(() => sync.nudge())
        .catch((err) => log.error({ err, thing }, 'faults could not be kept'));
      events.tellSite({ event: 'faults', data: watch.faults() });
    },
  });
  const registry = createRegistry(db, ({ id, description }) => {
    watch.thing(id, description?.family ?? 'unknown', description?.signals);
    events.tellSite({ event: 'things', data: { thing: id } });
  });
  const modelFor = (id: string) => modelOf(registry.get(id), packs.byFamily);
  const telemetry = createTelemetry(history, modelFor, onSamples, log);
  const dtcsOf = (id: string) => watch.dtcs(id);

  function onSamples(thing: string, samples: Sample[]): void {
    metrics.samples.inc(samples.length);
    watch.samples(
      thing,
      samples.filter((s) => s.quality === 'good' || s.quality === 'undeclared'),
    );
    if (events.listening() === 0) return;
    const signals = Object.fromEntries(
      samples.map(({ signal, value, observedAt, receivedAt, quality }) => [signal, { value, observedAt, receivedAt, quality }]),
    );
    events.tellSite({ event: 'readings', data: { thing, signals } });
  }

  const devices = createDevices(
    registry,
    {
      telemetry: telemetry.take,
      async dtc(thing, message, receivedAt) {
        const at = typeof message.at === 'string' ? Date.parse(message.at) : (message.at ?? receivedAt);
        watch.dtc(thing, message, Math.min(at, receivedAt));
        const report = watch.dtcs(thing).find((d) => d.code === message.code);
        if (report) await keepDtc(db, report, now());
        events.tellSite({ event: 'things', data: { thing } });
        sync.nudge();
      },
      event: (thing, message) => log.info({ thing, kind: message.kind, name: message.name }, 'device event'),
      outcome: (thing, message) => log.info({ thing, state: message.state }, 'command outcome'),
    },
    log,
    now,
  );
  const broker = createBroker({
    host: config.host,
    port: config.mqttPort,
    credentials: secrets.mqtt,
    log,
    onMessage: (topic, payload) => devices.hear(topic, payload),
  });

  // --- what people say -------------------------------------------------------------------------------------------------
  const knowledge = createKnowledge(db);
  const responder = createResponder({
    packs: packs.byFamily,
    watch,
    knowledge,
    telemetry,
    registry,
    modelOf: modelFor,
    now,
    ...(generator ? { generator } : {}),
  });
  const escalation = { now, registry, packs: packs.byFamily, history, faults: (thing: string) => watch.faults(thing), dtcs: dtcsOf };

  function onTurns(session: string, turns: Turn[]): void {
    for (const turn of turns) events.tellSession(session, { event: 'turn', data: turn });
    sync.nudge();
  }

  async function handOff(sessionId: string) {
    const session = await findSession(db, sessionId);
    const { status, note } = await db.transaction().execute(async (tx) => {
      const open = await openHandoff(tx, sessionId);
      if (open) return { status: open, note: undefined };
      const made = await escalate(escalation, tx, session, askedRule, false);
      const note = systemTurn(
        session.id,
        session.locale === 'zh' ? '已请求人工服务，已保存在本机。' : 'A person has been asked for. It is saved here.',
      );
      await addTurn(tx, note);
      await enqueue(tx, 'turn', note, now());
      return { status: made, note };
    });
    if (note) {
      metrics.handoffs.inc({ rule: status.rule });
      onTurns(sessionId, [note]);
      events.tellSession(sessionId, { event: 'handoff', data: status });
    }
    return status;
  }

  const systemTurn = (session: string, text: string): Turn => ({
    id: newId('t', now()),
    session,
    at: Math.floor(now()),
    by: 'system',
    text,
    citations: [],
  });

  // --- the hub -----------------------------------------------------------------------------------------------------------
  const hub = config.hubUrl && config.hubToken ? createHubDoor(config.hubUrl, config.hubToken) : undefined;
  const sync = createSync({
    db,
    epoch: store.epoch,
    hub,
    handlers: createHandlers(events, createKnowledge),
    log,
    now,
    onState: () => void tellStatus(),
    async onPushed() {
      for (const caseId of await arrived(db)) {
        const moved = await advance(db, caseId, 'at-hub');
        if (moved) events.tellSession(moved.session, { event: 'handoff', data: moved });
      }
    },
  });

  async function status() {
    const { state, since, lastSync } = sync.state();
    const stats = generator?.stats();
    return {
      version,
      edge: store.edge,
      now: now(),
      startedAt,
      hub: { url: config.hubUrl ?? null, state, since, waiting: await countWaiting(db), lastSync },
      broker: { state: 'up' as const, devices: broker.devices(), port: mqttPort },
      models: {
        tier: tier.tier,
        generator: stats?.state ?? ('off' as const),
        reason: tier.reason,
        ...(stats?.model ? { name: stats.model } : {}),
      },
      disk: await diskState(config.data),
      packs: packs.state,
    };
  }
  const tellStatus = async () => events.tellSite({ event: 'status', data: await status() });

  // --- the door ------------------------------------------------------------------------------------------------------------
  const site: Site = {
    events,
    openSession: async (ask) => {
      const things = registry.all();
      // With one thing on site there is nothing to ask about which is meant.
      const thing = ask.thing ?? (things.length === 1 ? things[0]?.id : undefined);
      return (await openSession(db, { ...ask, ...(thing ? { thing } : {}) }, now())).id;
    },
    takeTurn: (session, turn) =>
      inOrder(`session ${session}`, () => {
        const end = metrics.turnSeconds.startTimer();
        return takeTurn(
          {
            db,
            now,
            respond: (one, text, id) =>
              responder.respond(one, text, (token) => events.tellSession(session, { event: 'token', data: { turn: id, text: token } })),
            technicianListens: (handoff) => handoff?.state === 'answered' && sync.state().state === 'connected',
            handOff: (tx, one, rule, urgent) => escalate(escalation, tx, one, rule, urgent),
            onStored(id, turns, answered) {
              for (const { thing, observation, answer } of answered.observations) watch.answer(thing, observation, answer, now());
              end();
              metrics.turns.inc({ rung: answered.result.answer.rung });
              onTurns(id, turns);
              if (answered.result.handoff) events.tellSession(id, { event: 'handoff', data: answered.result.handoff });
            },
          },
          session,
          turn,
        );
      }),
    handOff: (session) => inOrder(`session ${session}`, () => handOff(session)),
    transcript: (session) => transcriptOf(db, session),
    async seen(session, reply) {
      const open = await openHandoff(db, session);
      const turn = await db
        .selectFrom('turn')
        .select('id')
        .where('id', '=', reply)
        .where('session', '=', session)
        .where('by', '=', 'technician')
        .executeTakeFirst();
      if (!open || !turn) throw new WaysideError('not-found', 'There is no such reply in this conversation.');
      await enqueue(db, 'seen', { case: open.case, reply, at: Math.floor(now()) }, now());
      sync.nudge();
    },
    things: () =>
      registry
        .all()
        .map((thing) => thingView(thing, modelFor(thing.id), telemetry.latest(thing.id), dtcsOf(thing.id), watch.faults(thing.id))),
    faults: (): FaultReport[] => watch.faults(),
    async samples(thing, signal, from, to) {
      if (!registry.get(thing)) throw new WaysideError('not-found', `No thing ${thing} has spoken here.`);
      const unit = modelFor(thing)[signal]?.unit;
      return { ...(unit ? { unit } : {}), points: await history.read(thing, signal, from, to) };
    },
    article: (id, locale) => knowledge.read(id, locale),
    status,
    async metrics() {
      metrics.devices.set(broker.devices());
      metrics.outbox.set(await countWaiting(db));
      return { contentType: metrics.registry.contentType, body: await metrics.registry.metrics() };
    },
    healthy: async () => (await countWaiting(db)) >= 0,
  };
  const door = createDoor(secrets.token, now);
  const http = createHttp({ host: config.host, port: config.port, version, panelDir: config.panel ?? '', site, door, log });

  // --- start -----------------------------------------------------------------------------------------------------------------
  await registry.load();
  for (const { id, description } of registry.all()) watch.thing(id, description?.family ?? 'unknown', description?.signals);
  const { dtcs, observations } = await recall(db);
  for (const dtc of dtcs) watch.dtc(dtc.thing, dtc, dtc.at);
  for (const { thing, observation, answer, at } of observations) watch.answer(thing, observation, answer, at);
  for (const pack of packs.byFamily.values())
    for (const article of pack.articles) await knowledge.put({ ...article, family: pack.family, version: 1 }, 'pack');
  const { port: mqttPort } = await broker.start();
  const { port } = await http.start();
  sync.start();
  const ticking = setInterval(() => watch.tick(now()), 1_000);
  const keeping = setInterval(
    () =>
      void history.prune(now() - config.retentionDays * 86_400_000).catch((err) => log.error({ err }, 'old telemetry could not be pruned')),
    3_600_000,
  );
  generator?.start().catch((err) => log.warn({ err: String(err) }, 'the generator did not start; answers come from the other rungs'));

  const url = `http://${config.host === '0.0.0.0' ? '127.0.0.1' : config.host}:${port}`;
  return {
    edge: store.edge,
    url,
    mqttPort,
    token: secrets.token,
    mqtt: secrets.mqtt,
    panelLink: () => `${url}/#token=${door.makeOnce()}`,
    async stop() {
      clearInterval(ticking);
      clearInterval(keeping);
      await http.stop();
      await broker.stop();
      await sync.stop();
      await generator?.stop();
      await history.close();
      await store.close();
    },
  };
}
