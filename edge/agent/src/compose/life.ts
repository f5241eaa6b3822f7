import type { createHttp } from '../api/serve.ts';
import { shelve } from '../knowledge/shelve.ts';
import { hostState } from '../link/adapters/sparkplug-host.ts';
import { announceToHomeAssistant } from '../link/home-assistant-out.ts';
import type { Prepared } from '../prepare/prepare.ts';
import { readingsEveryMs } from '../telemetry/readings.ts';
import type { Doors } from './doors.ts';
import type { Stores } from './open-stores.ts';
import type { AgentParts } from './parts.ts';
import type { Rooms } from './rooms.ts';
import type { Ports } from './site.ts';

/** Takes up what was known before the restart. */
export async function loadRooms({ articles }: Prepared, { db, policies }: Stores, rooms: Rooms, doors: Doors): Promise<void> {
  await rooms.desk.load();
  await rooms.people.load();
  await doors.keys.load();
  await rooms.record.start();
  await rooms.machine.load();
  await rooms.commands.load();
  await rooms.repairs.load();
  await rooms.advice.load();
  await rooms.recommendations.load();
  await doors.visits.load();
  await rooms.taught.load();
  await shelve(db, articles);
  await rooms.room.watchDisk();
  await policies.start();
}

/** What must be ended, in the order in which it began. */
export type Ends = { begun(...how: (() => unknown)[]): void; end(): Promise<void> };

/** Ends what was begun, last first. One that fails, as on a broken store, must not leave the store locked and the ports taken. */
export function createEnds(): Ends {
  const ends: (() => unknown)[] = [];
  return {
    begun: (...how) => void ends.push(...how),
    async end() {
      const failed: unknown[] = [];
      for (const one of ends.toReversed())
        await Promise.resolve()
          .then(one)
          .catch((err: unknown) => failed.push(err));
      if (failed.length > 0) throw failed[0];
    },
  };
}

/** Opens the doors, one after the other, and tells the ports they are at. */
export async function openDoors(
  { config, version, log, now }: AgentParts,
  { store, packs }: Stores,
  { events, machine }: Rooms,
  doors: Doors,
  http: ReturnType<typeof createHttp>,
  ports: Ports,
  { begun }: Ends,
): Promise<void> {
  const { broker, outer, viss, modbus, sync, rollouts, visits, pictures, voice, wyoming, publish } = doors;
  ports.http = (await http.start()).port;
  begun(http.stop, voice.stop);
  ports.mqtt = (await broker.start()).port;
  // Home Assistant's birth message: devices that know it announce themselves again.
  await broker.publish('homeassistant/status', 'online', { retain: true });
  if (config.homeAssistant)
    begun(announceToHomeAssistant({ events, registry: machine.registry, packs: packs.byFamily, edge: store.edge, version, publish, log }));
  begun(broker.stop, sync.stop, visits.close, pictures.stop);
  const host = config.sparkplugHost;
  if (host !== undefined) {
    const say = (online: boolean) => {
      const { topic, payload } = hostState(host, online, now());
      return broker.publish(topic, payload, { retain: true });
    };
    await say(true);
    begun(() => say(false));
  }
  if (outer) begun(outer.stop);
  await outer?.start();
  if (viss) begun(viss.stop);
  viss?.start();
  if (modbus) begun(modbus.stop);
  modbus?.start();
  sync.start();
  await rollouts.start();
  begun(rollouts.stop);
  if (!wyoming) return;
  ports.wyoming = (await wyoming.start()).port;
  begun(wyoming.stop);
}

/** Lets time pass in the rooms. */
export function startClocks({ log }: AgentParts, rooms: Rooms, { begun }: Ends): void {
  const every = (ms: number, act: () => unknown) => {
    const timer = setInterval(act, ms);
    begun(() => clearInterval(timer));
  };
  every(readingsEveryMs, rooms.machine.tellReadings);
  for (const room of [rooms.machine, rooms.commands, rooms.repairs, rooms.record]) every(1_000, room.tick);
  every(2_000, rooms.advice.tick);
  every(5_000, rooms.recommendations.tick);
  every(60_000, () => rooms.people.tick().catch((err) => log.error({ err }, 'a guest who left could not be erased; it is tried again')));
  const age = async () => {
    await rooms.room.thin();
    await rooms.aging.tick().catch((err) => log.error({ err }, 'conversations that are too old could not be forgotten; it is tried again'));
  };
  every(3_600_000, age);
  // A car is rarely on for an hour.
  const soon = setTimeout(age, 60_000);
  begun(() => clearTimeout(soon));
  every(3_000, rooms.room.watchDisk);
}

/** Models run in processes of their own: they end with the edge, and none is waited for. */
export function startModels({ log, generator, embedder, ears }: AgentParts, { mouth }: Doors, { begun }: Ends): void {
  for (const model of [embedder, ears, mouth, generator]) if (model) begun(() => model.stop());
  generator?.start().catch((err) => log.warn({ err: String(err) }, 'the generator did not start; answers come from the other rungs'));
}
