import { createDoor } from './api/auth.ts';
import { createPageTokens } from './api/page-tokens.ts';
import { createHttp } from './api/serve.ts';
import { createDoors, type Doors } from './compose/doors.ts';
import { createEnds, loadRooms, openDoors, startClocks, startModels } from './compose/life.ts';
import { openStores } from './compose/open-stores.ts';
import type { AgentParts } from './compose/parts.ts';
import { createRooms } from './compose/rooms.ts';
import { createSite, type Ports, statusOf } from './compose/site.ts';
import { counting, type Log } from './log.ts';
import { lookThrough } from './rescue/look-through.ts';

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

/** Whether all is still as it was written is looked at when who waited for the edge has been answered. */
const lookThroughAfterMs = 2_000;

/** Builds an edge and starts it: stores, the rooms that live on them, the doors others come through, and the clocks. It joins; it decides nothing. */
export async function startAgent(given: Omit<AgentParts, 'log'> & { log: Log }): Promise<Running> {
  const parts: AgentParts = { ...given, log: counting(given.log) };
  const { config, log, now, version } = parts;
  const startedAt = now();
  const { prepared, ...stores } = await openStores(parts);
  const { secrets } = stores;
  const rooms = createRooms(parts, prepared, stores, {
    publish: (...message) => doors.publish(...message),
    write: (...asked) => doors.write(...asked),
    gesture: (...seen) => doors.gestures(...seen),
    nudge: () => doors.sync.nudge(),
    hubIsThere: () => doors.sync.state().state === 'connected',
  });
  const ports: Ports = { http: config.port, mqtt: config.mqttPort, wyoming: undefined };
  const status = () => statusOf(parts, stores, doors, ports, startedAt);
  const doors: Doors = await createDoors(parts, prepared, stores, rooms, status);
  const door = createDoor(secrets.token, now, rooms.people.badge, createPageTokens(secrets.token, config.pages, now));
  const site = createSite(config, stores, rooms, doors, ports, status);
  const http = createHttp({ host: config.host, port: config.port, version, panelDir: config.panel, site, door, log });

  await loadRooms(prepared, stores, rooms, doors);
  const ends = createEnds();
  ends.begun(
    stores.policies.stop,
    () => stores.history.close().then(() => stores.store.close()),
    ...[rooms.record, rooms.machine, rooms.repairs, rooms.recommendations].map(({ stop }) => stop),
    rooms.commands.idle,
  );
  try {
    await openDoors(parts, stores, rooms, doors, http, ports, ends);
    rooms.machine.loadRest();
    startClocks(parts, rooms, ends);
    startModels(parts, doors, ends);
    const later = setTimeout(() => void lookThrough(stores.store, log, parts.onBroken).then(rooms.record.lookThrough), lookThroughAfterMs);
    ends.begun(() => clearTimeout(later));
  } catch (error) {
    await ends.end();
    throw error;
  }
  const url = `http://${config.host === '0.0.0.0' ? '127.0.0.1' : config.host}:${ports.http}`;
  return {
    edge: stores.store.edge,
    url,
    mqttPort: ports.mqtt,
    wyomingPort: ports.wyoming,
    token: secrets.token,
    mqtt: secrets.mqtt,
    panelLink: () => `${url}/#token=${door.makeOnce()}`,
    stop: ends.end,
  };
}
