import type { Value } from '@wayside/protocol';
import { createAdvice } from '../advice/advice.ts';
import { type Commands, createCommands } from '../commands/commands.ts';
import { ballastFile, historyFile, storeFile, vectorsFolder } from '../config.ts';
import { type Conversation, createConversation } from '../conversation.ts';
import { pastFaults } from '../diagnosis/memory.ts';
import { createTaught } from '../dialogue/grammar/taught.ts';
import { createResponder, talkedAbout } from '../dialogue/responder.ts';
import { turnsOf } from '../dialogue/session.ts';
import { keepVectors } from '../dialogue/understand/kept-vectors.ts';
import { createDesk } from '../escalation/desk.ts';
import { lastDone } from '../escalation/last-done.ts';
import { Events } from '../events.ts';
import { createKnowledge } from '../knowledge/knowledge.ts';
import { createAdapters } from '../link/adapters/adapters.ts';
import type { Broker } from '../link/broker.ts';
import { createSiteActions } from '../link/site-actions.ts';
import type { Written } from '../link/written.ts';
import { createMachine } from '../machine.ts';
import { createMetrics } from '../metrics.ts';
import type { Prepared } from '../prepare/prepare.ts';
import { createAging } from '../profiles/aging.ts';
import { createPeople } from '../profiles/people.ts';
import { whyNot } from '../profiles/permit.ts';
import { createRecommendations } from '../recommend/recommendations.ts';
import { createRecord } from '../record/room.ts';
import { createRepairs } from '../repair/repairs.ts';
import { createForgetAside } from '../rescue/forget-aside.ts';
import { createRoomKeeper } from '../rescue/hold-room.ts';
import { diskState } from '../status.ts';
import { createBallast } from '../store/ballast.ts';
import { pointsOf } from '../telemetry/course.ts';
import type { Gestures } from '../voice/gestures.ts';
import type { Stores } from './open-stores.ts';
import type { AgentParts } from './parts.ts';
import { sendCommand } from './send-command.ts';

/** What the rooms say outward; the doors it goes through are made after them. */
export type Outward = {
  publish: Broker['publish'];
  gesture: Gestures;
  /** There is something new for the hub. */
  nudge(): void;
  hubIsThere(): boolean;
  /** Sets signals where this edge itself is the client: a vehicle's server, a controller. */
  write(thing: string, values: Record<string, Value>): Promise<Written>;
};

export type Rooms = ReturnType<typeof createRooms>;

const mebibyte = 2 ** 20;
const day = 86_400_000;

/** The rooms of an edge, each told of the others only what it needs. Nothing starts here. */
export function createRooms(
  { config, log, now, generator, embedder, onFlood }: AgentParts,
  { grammar, examples }: Prepared,
  stores: Stores,
  outward: Outward,
) {
  const { store, db, history, hub } = stores;
  const packs = stores.packs.byFamily;
  const events = new Events();
  const metrics = createMetrics();
  const knowledge = createKnowledge(db);
  const taught = createTaught(db);
  const desk = createDesk(db, now);
  const record = createRecord({
    ...{ db, data: config.data, edge: store.edge, hub, now, log },
    operatorSays: async (keys) => (await import('../rollout/operator-says.ts')).operatorSays(keys, { db, data: config.data, hub }),
    onSealed: outward.nudge,
  });
  const onRecord = () => {
    outward.nudge();
    record.look();
  };
  const room = createRoomKeeper({
    db,
    history,
    ballast:
      config.ballastMiB === 0
        ? undefined
        : createBallast(ballastFile(config), config.ballastMiB * mebibyte, async () => (await diskState(config.data)).freeBytes),
    mostBytes: config.historyMiB * mebibyte,
    mostMs: config.retentionDays * day,
    forgetAside: createForgetAside([storeFile(config), historyFile(config)], log, now),
    asideMs: config.damagedDays * day,
    log,
    now,
    onRecord,
  });
  const people = createPeople({
    db,
    edge: store.edge,
    log,
    now,
    linesOf: turnsOf,
    link: () => hub,
    forgetAside: createForgetAside([storeFile(config)], log, now),
    unnamedTalk: config.unnamedTalk,
    conversationDays: config.conversationDays,
    onRecord,
  });
  const aging = createAging({ db, limits: { talkMs: config.conversationDays * day, caseMs: config.caseDays * day }, log, now, onRecord });

  const adapter = createAdapters(
    log,
    { now, send: (topic, payload) => void outward.publish(topic, payload, { once: true }).catch(() => {}) },
    stores.mapping?.adapter,
  );
  const actions = createSiteActions(stores.declared);
  const machine = createMachine({
    store,
    history,
    adapter,
    actions,
    packs,
    events,
    metrics,
    log,
    now,
    onRecord,
    climate: config.climate,
    ...(onFlood ? { onFlood } : {}),
    onOutcome(thing, message) {
      commands.outcome(thing, message);
      // Codes may have been cleared before the device said so, or none may have stood.
      commands.samples(thing, [machine.standingCodes(thing)]);
    },
    onEvent: (thing, message) => void outward.gesture(thing, message),
    onSamples(thing, samples) {
      commands.samples(thing, samples);
      recommendations.samples(thing, samples);
    },
  });
  const { registry, watch, telemetry } = machine;
  const commands: Commands = createCommands({
    db,
    log,
    now,
    monotonic: () => performance.now(),
    whyNot: (person, risk) => whyNot(people.standing(person), risk),
    thing(id) {
      const known = registry.get(id);
      return known && talkedAbout(known, packs, telemetry, commands);
    },
    send: (thing, command) =>
      sendCommand(thing, command, { registry, adapter, actions, commands, publish: outward.publish, write: outward.write }),
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
    onChange: (open, news) =>
      conversation.unasked.advice(open, news, (thing, locale) => {
        const known = registry.get(thing)?.description;
        return known?.titles?.[locale] ?? known?.title ?? thing;
      }),
  });
  const recommendations = createRecommendations({
    db,
    log,
    now,
    packs,
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
      past: {
        samples: async (...what) => pointsOf(await history.read(...what)),
        faults: (thing) => pastFaults(db, thing),
        done: (thing, fault) => lastDone(db, thing, fault),
        issues: advice.issues,
      },
      packs,
      grammar,
      taught,
      examples,
      kept: keepVectors(vectorsFolder(config)),
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
      packs,
      history,
      faults: (thing) => watch.faults(thing),
      dtcs: (thing) => watch.dtcs(thing),
      people,
    },
    events,
    metrics,
    hubIsThere: outward.hubIsThere,
    desk,
    onRecord,
  });
  return {
    events,
    metrics,
    knowledge,
    taught,
    desk,
    record,
    onRecord,
    room,
    people,
    aging,
    machine,
    commands,
    repairs,
    advice,
    recommendations,
    conversation,
  };
}
