import type { FaultReport } from '@wayside/contract';
import type { Climate, Derived, Pack } from '@wayside/packs';
import { type Event, epochOf, type Outcome, type Sample, type Signal } from '@wayside/protocol';
import type { ThingView } from './api/types.ts';
import { thingView } from './api/views.ts';
import { createStateKeeper } from './diagnosis/keep-state.ts';
import { createFaultKeeper, keepDtc, recall, thingsWithFaults } from './diagnosis/memory.ts';
import { siteRoom, tellWhenFull } from './diagnosis/room.ts';
import { createWatch, type Watch } from './diagnosis/watch.ts';
import type { Events } from './events.ts';
import { createInOrder } from './in-order.ts';
import type { Adapter, Said } from './link/adapters/adapter.ts';
import { announcements, keepAnnouncement } from './link/announcements.ts';
import { createDevices } from './link/devices.ts';
import { createRegistry, type KnownThing, type Registry } from './link/registry.ts';
import { createSiteActions, type SiteActions } from './link/site-actions.ts';
import type { Log } from './log.ts';
import type { Metrics } from './metrics.ts';
import { familyOf, inFamilyUnits, modelOf } from './packs/family.ts';
import type { EdgeStore } from './store/open.ts';
import { createDerived } from './telemetry/derived/derived.ts';
import { createEarly } from './telemetry/early.ts';
import type { History } from './telemetry/history.ts';
import { createReadings } from './telemetry/readings.ts';
import type { Row } from './telemetry/row.ts';
import { createTelemetry, type TelemetryRoom } from './telemetry/telemetry.ts';

export type Machine = {
  registry: Registry;
  watch: Watch;
  telemetry: TelemetryRoom;
  /** The signals of a thing. */
  modelFor(thing: string): Record<string, Signal>;
  /** How many codes of a thing stand now, as a sample of `codesSignal`. */
  standingCodes(thing: string): Sample;
  /** A device's message, before it is acknowledged. */
  hear(topic: string, payload: Uint8Array): Promise<void>;
  /** What another house's server says of a thing, in our words. */
  take(said: Said): Promise<void>;
  views(): ThingView[];
  /** Takes up who is here, and what is the matter with them, from before the restart. What else is known of a thing is taken up before it is heard. */
  load(): Promise<void>;
  /** Takes up the rest, by and by, when those who waited for the start have had their turn; call it when the doors are open. */
  loadRest(): void;
  /** Takes up the rest now. Resolves when all is taken up that was known before the restart. */
  whole(): Promise<void>;
  /** Lets time pass; call about once a second. */
  tick(): void;
  /** Tells who listens the newest readings; call every `readingsEveryMs`. */
  tellReadings(): void;
  /** Writes what was learned and not yet written. */
  stop(): Promise<void>;
};

/**
 * So long after a start, ms, the things that live have spoken again and their durations have run: what the hub was told before and no longer
 * shows is taken back then.
 */
const grace = 5 * 60_000;

/** So long after its start, ms, an edge takes up what nobody has asked for yet. */
const restAfter = 300;

/** So many samples in a second are a flood: three times what a thousand devices send that each say something every two seconds, and what a small board still takes in. */
export const floodPerSecond = 1_500;

/** The second journey, sample → advice: link, telemetry and diagnosis joined. `onRecord` is told when something waits for the hub. */
export function createMachine(parts: {
  store: Pick<EdgeStore, 'db' | 'bulk'>;
  history: History;
  /** Reads devices that know nothing of us. */
  adapter: Adapter;
  /** What the site declared that may be done with them. */
  actions?: SiteActions;
  packs: ReadonlyMap<string, Pack>;
  events: Events;
  metrics: Metrics;
  log: Log;
  now: () => number;
  onRecord(): void;
  climate?: Climate | undefined;
  /** A device tells of a button, a gesture, a door. */
  onEvent?(thing: string, message: Event): void;
  /** A device's answer to a command. */
  onOutcome?(thing: string, message: Outcome): void;
  /** In the last second came a flood of samples. */
  onFlood?(): void;
  /** After samples are stored and watched. */
  onSamples?(thing: string, samples: readonly Sample[]): void;
}): Machine {
  const { store, history, adapter, actions = createSiteActions({}), packs, events, metrics, log, now, onRecord, climate } = parts;
  const { db } = store;
  const inOrder = createInOrder();
  const keepFaults = createFaultKeeper(store);
  const readings = createReadings(events);

  const keeping = new Set<Promise<void>>();
  function keep(thing: string, faults: readonly FaultReport[]): void {
    wait(inOrder(thing, () => keepFaults(thing, faults, now())).then(onRecord), thing, 'faults could not be kept');
  }
  /** Nobody waits for it now; who stops the edge does. */
  function wait(writing: Promise<void>, thing: string, otherwise: string): void {
    const kept = writing.catch((err) => log.error({ err, thing }, otherwise)).finally(() => keeping.delete(kept));
    keeping.add(kept);
  }
  const room = siteRoom();
  const tellFull = tellWhenFull(room, log);
  const watch = createWatch({
    packs,
    room,
    onChange(thing, faults) {
      keep(thing, faults);
      if (events.isHeard('faults')) events.tellSite({ event: 'faults', data: [...watch.faults()] });
    },
  });
  const derived = createDerived((thing) => packs.get(registry.get(thing)?.description?.family ?? '')?.derived ?? none);
  const states = createStateKeeper(db, [derived, watch], log);
  let resting: NodeJS.Timeout | undefined;
  let loading: Promise<void> | undefined;
  function loadAll(): Promise<void> {
    loading ??= states
      .load()
      .catch((err) => log.error({ err }, 'what the detectors knew could not be read: it is tried again for each thing that speaks'));
    return loading;
  }
  let reconcileAt = Number.POSITIVE_INFINITY;
  const site = climate ? { climate } : {};
  let heard = 0;
  const watchThing = (thing: KnownThing) =>
    watch.thing(thing.id, familyOf(thing, packs), modelFor(thing.id), { ...thing.description, ...site });
  const registry = createRegistry(db, (thing) => {
    const { id, presence, lastSeen } = thing;
    watchThing(thing);
    if (isKnown(thing)) catchUp(id);
    if (presence !== 'unknown') watch.presence(id, presence, lastSeen);
    events.tellSite({ event: 'things', data: { thing: id } });
    onRecord();
  });
  const modelFor = (thing: string) => modelOf(registry.get(thing), packs);
  const early = createEarly();
  const isKnown = (thing: KnownThing | undefined) => packs.has(thing?.description?.family ?? '');

  /** A thing is known from now on: what it said before counts, too, before it says more. */
  function catchUp(thing: string): void {
    const rows = early.take(thing);
    if (rows.length === 0) return;
    const inUnits = rows.map(({ row, receivedAt }) => ({ row: inFamilyUnits(registry.get(thing), packs, row), receivedAt }));
    wait(telemetry.again(thing, inUnits), thing, 'what follows from its first messages could not be kept');
  }

  function takeTelemetry(thing: string, row: Row, receivedAt: number): Promise<void> {
    const known = registry.get(thing);
    if (!isKnown(known)) early.keep(thing, row, receivedAt);
    return telemetry.take(thing, inFamilyUnits(known, packs, row), receivedAt);
  }

  const telemetry = createTelemetry(
    history,
    modelFor,
    derived,
    (thing: string, samples: Sample[]) => {
      heard += samples.length;
      watch.samples(thing, samples);
      parts.onSamples?.(thing, samples);
      readings.hear(thing, samples);
    },
    log,
    watch.doubted,
  );

  const standingCodes = (thing: string): Sample => {
    const at = now();
    const stand = watch.dtcs(thing).filter(({ state }) => state !== 'cleared').length;
    return { thing, signal: 'wayside.codes', value: stand, observedAt: at, receivedAt: at, quality: 'good' };
  };

  const devices = createDevices(
    registry,
    {
      telemetry: takeTelemetry,
      async dtc(thing, message, receivedAt) {
        // A device cannot report from the future; its clock is then wrong.
        watch.dtc(thing, message, Math.min(message.at === undefined ? receivedAt : epochOf(message.at), receivedAt));
        const report = watch.dtcs(thing).find((d) => d.code === message.code);
        if (report) await keepDtc(db, report, now());
        parts.onSamples?.(thing, [standingCodes(thing)]);
        events.tellSite({ event: 'things', data: { thing } });
        onRecord();
      },
      event(thing, message) {
        log.info({ thing, kind: message.kind, name: message.name }, 'device event');
        parts.onEvent?.(thing, message);
      },
      outcome: (thing, message) => parts.onOutcome?.(thing, message),
    },
    log,
    now,
    { adapter, actions, keep: (topic, payload) => keepAnnouncement(db, topic, Buffer.from(payload).toString('utf8')) },
    states.ready,
  );

  return {
    registry,
    watch,
    telemetry,
    modelFor,
    standingCodes,
    hear: devices.hear,
    take: devices.take,
    views: () =>
      registry
        .all()
        .map((thing) =>
          thingView(
            thing,
            modelFor(thing.id),
            telemetry.latest(thing.id),
            watch.dtcs(thing.id),
            [...watch.faults(thing.id)],
            packs.get(familyOf(thing, packs))?.policy?.moving,
          ),
        ),
    async load() {
      await registry.load();
      for (const { topic, payload } of await announcements(db)) {
        await adapter.prepare?.(topic);
        adapter.hear(topic, payload);
      }
      for (const thing of registry.all()) watchThing(thing);
      await states.find();
      const told = await recall(db);
      // Whoever looks for what is the matter with the site finds all of it from the first moment on.
      await states.load(new Set([...told.keys(), ...(await thingsWithFaults(db))]));
      for (const [thing, known] of told) watch.restore(thing, known);
      reconcileAt = now() + grace;
    },
    loadRest() {
      resting = setTimeout(loadAll, restAfter);
    },
    whole: loadAll,
    tick() {
      const at = now();
      // A counter of Prometheus costs more than the rest of what is done for a sample.
      metrics.samples.inc(heard);
      if (heard >= floodPerSecond) parts.onFlood?.();
      heard = 0;
      watch.tick(at);
      void states.beat(at);
      tellFull();
      if (at < reconcileAt) return;
      reconcileAt = Number.POSITIVE_INFINITY;
      thingsWithFaults(db).then(
        (told) => {
          for (const thing of new Set([...told, ...watch.faults().map((fault) => fault.thing)])) keep(thing, watch.faults(thing));
        },
        (err) => log.error({ err }, 'faults told before the restart could not be looked at again'),
      );
    },
    tellReadings: readings.tell,
    async stop() {
      clearTimeout(resting);
      await loading;
      await Promise.all(keeping);
      await states.flush(now());
    },
  };
}

const none: readonly Derived[] = [];
