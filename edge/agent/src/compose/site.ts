import { WaysideError } from '@wayside/protocol';
import type { Site } from '../api/site.ts';
import type { Status } from '../api/types.ts';
import { whereIn } from '../dialogue/decide/procedure.ts';
import { speakerOf } from '../dialogue/session.ts';
import { panelAddresses } from '../link/addresses.ts';
import { readPicture } from '../packs/read-picture.ts';
import { createThingDescriptions } from '../packs/thing-descriptions.ts';
import { repairsOf } from '../repair/keep.ts';
import { diskState } from '../status.ts';
import { countWaiting } from '../sync/outbox.ts';
import { pointsOf } from '../telemetry/course.ts';
import type { Doors } from './doors.ts';
import type { Stores } from './open-stores.ts';
import type { AgentParts } from './parts.ts';
import type { Rooms } from './rooms.ts';

/** Where the edge is reached, once it listens. */
export type Ports = { http: number; mqtt: number; wyoming: number | undefined };

/** How the edge is, as its panel shows it. */
export async function statusOf(parts: AgentParts, stores: Stores, doors: Doors, ports: Ports, startedAt: number): Promise<Status> {
  const { config, version, now, generator, tier } = parts;
  const { state, since, lastSync } = doors.sync.state();
  const stats = generator?.stats();
  return {
    version,
    edge: stores.store.edge,
    now: now(),
    startedAt,
    hub: { url: config.hubUrl ?? null, state, since, waiting: await countWaiting(stores.db), lastSync },
    broker: { state: 'up', devices: doors.broker.devices(), port: ports.mqtt },
    models: { tier: tier.tier, generator: stats?.state ?? 'off', reason: tier.reason, ...(stats?.model ? { name: stats.model } : {}) },
    voice: doors.voice.state(),
    disk: await diskState(config.data),
    packs: stores.packs.state,
  };
}

/** The house as its HTTP door sees it. */
export function createSite(
  config: AgentParts['config'],
  stores: Stores,
  rooms: Rooms,
  doors: Doors,
  ports: Ports,
  status: Site['status'],
): Site {
  const { db, history, store } = stores;
  const packs = stores.packs.byFamily;
  const { conversation, knowledge, metrics, machine, recommendations, repairs } = rooms;
  const { registry, watch } = machine;
  const mustSpeak = (thing: string) => {
    if (!registry.get(thing)) throw new WaysideError('not-found', `No thing ${thing} has spoken here.`);
  };
  return {
    events: rooms.events,
    whole: machine.whole,
    people: rooms.people,
    devices: {
      ...doors.keys,
      pairing: doors.pairing,
      port: () => ports.mqtt,
      async add(wanted) {
        const made = await doors.keys.add(wanted);
        // Whoever came in with the secret before is out.
        if (wanted.anew) doors.broker.cut(wanted.device);
        return made;
      },
      async remove(device) {
        const was = await doors.keys.remove(device);
        doors.broker.cut(device);
        return was;
      },
    },
    takeRelease: doors.rollouts.takeRelease,
    addresses: () => panelAddresses(config.host, ports.http),
    speakerOf: (session) => speakerOf(db, session),
    openSession: conversation.open,
    takeTurn: conversation.take,
    handOff: conversation.handOff,
    agree: conversation.agree,
    transcript: conversation.transcript,
    record: rooms.record,
    seen: conversation.seen,
    rate: conversation.rate,
    propose: conversation.propose,
    consent: conversation.consent,
    cancel: conversation.cancel,
    async repairs(thing) {
      mustSpeak(thing);
      return { progress: whereIn(watch.pack(thing), repairs.progress(thing)), repairs: await repairsOf(db, thing) };
    },
    visits: doors.visits,
    advice: rooms.advice.open,
    dismiss: rooms.advice.dismiss,
    recommendations: recommendations.open,
    async answerRecommendation(thing, recommendation, answer, session) {
      const act = answer === 'done' && session !== undefined ? recommendations.actionOf(thing, recommendation) : undefined;
      if (act && session !== undefined) await conversation.suggest(session, { action: act.name, args: act.args, thing });
      await recommendations.answer(thing, recommendation, answer);
    },
    picture: (family, file) => readPicture(packs.get(family), file),
    articlePicture: doors.pictures.read,
    things: machine.views,
    faults: () => [...watch.faults()],
    wot: createThingDescriptions({ edge: store.edge, find: registry.get, packs, mqttPort: () => ports.mqtt }),
    async samples(thing, signal, from, to) {
      mustSpeak(thing);
      const unit = machine.modelFor(thing)[signal]?.unit;
      return { ...(unit ? { unit } : {}), points: pointsOf(await history.read(thing, signal, from, to)) };
    },
    article: (id, locale, thing) =>
      knowledge.read(
        id,
        locale,
        registry.all().flatMap((one) => (one.description && (thing ?? one.id) === one.id ? [one.description] : [])),
      ),
    voice: doors.voice,
    status,
    async metrics() {
      metrics.devices.set(doors.broker.devices());
      metrics.outbox.set(await countWaiting(db));
      return metrics.read();
    },
    healthy: async () => (await countWaiting(db)) >= 0,
  };
}
