import { join } from 'node:path';
import type { Value } from '@wayside/protocol';
import type { Status } from '../api/types.ts';
import { findSession, talkingSince, waitingIn } from '../dialogue/session.ts';
import { advance, arrived, becameSafe } from '../escalation/handoffs.ts';
import { createHubNews } from '../hub-news.ts';
import { createKnowledge } from '../knowledge/knowledge.ts';
import { createPictures } from '../knowledge/pictures.ts';
import { type Broker, createBroker } from '../link/broker.ts';
import { createDeviceKeys } from '../link/device-keys.ts';
import type { createModbus } from '../link/modbus/modbus.ts';
import type { createOuterBroker } from '../link/outer-broker.ts';
import { createPairing } from '../link/pairing.ts';
import type { createViss } from '../link/viss.ts';
import type { Written } from '../link/written.ts';
import { actionsOf } from '../packs/actions.ts';
import { familyOf } from '../packs/family.ts';
import type { Prepared } from '../prepare/prepare.ts';
import { createSync } from '../sync/sync.ts';
import { createVisits } from '../visits/visits.ts';
import { createBias } from '../voice/bias.ts';
import { answeredWithinMs, createGestures } from '../voice/gestures.ts';
import { createHandle } from '../voice/handle.ts';
import { sayNames } from '../voice/say-names.ts';
import { createVoice } from '../voice/voice.ts';
import { createVoices } from '../voice/whose-voice.ts';
import { createWyoming } from '../voice/wyoming.ts';
import type { Stores } from './open-stores.ts';
import type { AgentParts } from './parts.ts';
import { createRolloutSide } from './rollout-side.ts';
import type { Rooms } from './rooms.ts';

export type Doors = Awaited<ReturnType<typeof createDoors>>;

/** Where an edge meets others: its brokers, its hub, who speaks to it. Nothing starts here. */
export async function createDoors(parts: AgentParts, prepared: Prepared, stores: Stores, rooms: Rooms, status: () => Promise<Status>) {
  return {
    ...(await createBrokers(parts, stores, rooms)),
    ...createHubSide(parts, stores, rooms, status),
    ...createSpeech(parts, prepared, stores, rooms),
  };
}

async function createBrokers({ config, log, now }: AgentParts, { store, secrets, controllers }: Stores, { machine }: Rooms) {
  const keys = createDeviceKeys(store.db, now);
  const broker = createBroker({
    host: config.host,
    port: config.mqttPort,
    credentials: secrets.mqtt,
    siteKeyFrom: config.siteKey,
    keys,
    log,
    onMessage: machine.hear,
  });
  const outer =
    config.brokerUrl === undefined ? undefined : await outerBroker({ config, edge: store.edge, log, now, onMessage: machine.hear });
  const publish: Broker['publish'] = (topic, payload, how) => {
    outer?.publish(topic, payload, how);
    return broker.publish(topic, payload, how);
  };
  const viss = config.vissUrl === undefined ? undefined : await vissServer({ config, log, onSaid: machine.take });
  const modbus = controllers && (await modbusControllers({ controllers: controllers.devices, log, now, onSaid: machine.take }));
  const write = async (thing: string, values: Record<string, Value>): Promise<Written> =>
    (await viss?.write(thing, values)) ?? (await modbus?.write(thing, values)) ?? { state: 'failed', detail: 'it is not there to be told' };
  return { keys, pairing: createPairing(now), broker, outer, viss, modbus, write, publish };
}

function createHubSide(parts: AgentParts, stores: Stores, rooms: Rooms, status: () => Promise<Status>) {
  const { log, now } = parts;
  const { db, hub, renew, epoch, packs } = stores;
  const { events, machine, conversation, record, onRecord } = rooms;
  const rollouts = createRolloutSide(parts, stores, status, onRecord);
  const visits = createVisits({
    db,
    hub,
    log,
    now,
    events,
    watched(thing) {
      const known = machine.registry.get(thing);
      if (!known) return undefined;
      const actions = known.onlyTells ? {} : actionsOf(known.description, packs.byFamily.get(familyOf(known, packs.byFamily)));
      return { signals: machine.modelFor(thing), actions, latest: machine.telemetry.latest(thing) };
    },
    propose: ({ session, action, args, by, visit }, thing) => conversation.suggest(session, { action, args, thing, for: { by, visit } }),
    onRecord,
  });
  const pictures = createPictures({ db, folder: join(parts.config.data, 'pictures'), hub, log });
  const sync = createSync({
    db,
    epoch,
    hub,
    handlers: createHubNews(
      events,
      createKnowledge,
      rooms.repairs,
      rooms.advice,
      rooms.people,
      visits,
      rollouts,
      rooms.taught,
      pictures,
      record.handlers,
      now,
    ),
    log,
    now,
    onDesk: rooms.desk.learn,
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
    onTurn: async () => renew?.(),
    async onLevel() {
      rollouts.look();
      pictures.bring();
      await record.watchHub();
    },
  });
  return { visits, rollouts, pictures, sync };
}

function createSpeech(parts: AgentParts, { sayings }: Prepared, { db, packs }: Stores, { conversation, events, machine, people }: Rooms) {
  const { config, log, version, now, ears, synthesizer } = parts;
  const monotonic = () => performance.now();
  const gestures = createGestures({
    log,
    async waiting() {
      const sessions = await talkingSince(db, now() - answeredWithinMs);
      return Promise.all(sessions.map(async (id) => waitingIn(await findSession(db, id))));
    },
    take: conversation.take,
  });
  const mouth = synthesizer && sayNames(synthesizer, packs.byFamily);
  const bias = createBias(sayings, packs.byFamily, machine.registry);
  const voice = createVoice({
    ears,
    synthesizer: mouth,
    now,
    monotonic,
    about: (session) => findSession(db, session),
    voices: createVoices(people.household, now, () =>
      machine.registry.all().some((thing) => packs.byFamily.get(familyOf(thing, packs.byFamily) ?? '')?.workplace === true),
    ),
    bias,
    take: (session, { id, text, confidence, cut, sounds }) =>
      conversation.take(session, { id, text, interrupts: cut !== undefined, sounds, voice: { confidence, ...(cut ? { cut } : {}) } }),
    onSession: (session, listener) => events.onSession(session, listener),
  });
  const wyoming =
    config.wyomingPort === undefined
      ? undefined
      : createWyoming({
          host: config.wyomingHost,
          port: config.wyomingPort,
          version,
          log,
          now: monotonic,
          ears,
          synthesizer: mouth,
          bias,
          handle: createHandle(db, conversation),
        });
  return { gestures, mouth, voice, wyoming };
}

/** Each is loaded only by an edge that joins one. */
const vissServer = async (parts: Parameters<typeof createViss>[0]) => (await import('../link/viss.ts')).createViss(parts);
const modbusControllers = async (parts: Parameters<typeof createModbus>[0]) =>
  (await import('../link/modbus/modbus.ts')).createModbus(parts);
const outerBroker = async (parts: Parameters<typeof createOuterBroker>[0]) =>
  (await import('../link/outer-broker.ts')).createOuterBroker(parts);
