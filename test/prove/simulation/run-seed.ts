import { createRandom } from '@wayside/simulators';
import { pull } from '../../../edge/agent/src/sync/pull.ts';
import { push } from '../../../edge/agent/src/sync/push.ts';
import { createDisk, Died, type Handle } from './disk.ts';
import { createEdgeStore, type EdgeState, type EdgeStore, emptyEdge, imageOf } from './edge-store.ts';
import { copyOf, createHubStore, emptyHub, type HubState, type HubStore } from './hub-store.ts';
import { createJudge } from './judge.ts';
import { createNetwork } from './network.ts';
import type { Plant } from './plants.ts';
import { createWorld } from './world.ts';

export type Outcome = {
  seed: number;
  /** What must never be, and was. */
  wrong: string[];
  /** What happened, by kind. */
  acts: Record<string, number>;
  saved: number;
};

/** An edge: its disk, and the process that runs on it, if one does. Twins have one name. */
type Edge = {
  name: string;
  state: EdgeState;
  disk: ReturnType<typeof createDisk>;
  process: { handle: Handle; store: EdgeStore } | undefined;
  image: EdgeState;
};

const troubledMs = 4_000;
const calmMs = 120_000;
const quiet = { warn: () => {} };

/**
 * Lets some edges and a hub live through troubled times, then calm ones, and judges what is there in the end. Everything follows from the seed: the
 * same one does the same again. The loops of the edge and the hub's placing of records are the product's; stores, network and time are simulated.
 */
export async function runSeed(seed: number, plant?: Plant): Promise<Outcome> {
  const world = createWorld(createRandom(seed, 'simulation'));
  const judge = createJudge();
  const acts: Record<string, number> = {};
  let names = 0;
  let calm = false;
  const newName = (of: string) => `${of}-${++names}`;

  // The hub, the copies of its store that lie elsewhere, and its clock, which may jump.
  const hub = { state: emptyHub(), disk: createDisk(world, plant === 'hub-disk-lies'), store: undefined as HubStore | undefined, skew: 0 };
  const copies: HubState[] = [];
  const copying = world.chance(0.8);
  let underWay: HubStore | undefined;
  const most = world.chance(0.5) ? 4 : 256;
  function startHub(): void {
    hub.store ??= createHubStore(hub.state, hub.disk.open(), plant, () => 1 + world.below(most));
  }
  function stopHub(): void {
    hub.disk.cut();
    hub.store = undefined;
  }
  async function copy(): Promise<void> {
    const store = hub.store;
    // One at a time, as the hub makes them.
    if (!store || !copying || underWay === store) return;
    underWay = store;
    let streams = await store.reached();
    await world.sleep(world.below(30));
    if (hub.store !== store) return;
    const made = copyOf(hub.state);
    await world.sleep(world.below(30));
    if (plant === 'safe-is-measured-late') streams = await store.reached();
    copies.push(made);
    judge.copied(made);
    await store.markSafe(streams);
    underWay = undefined;
  }
  function restore(from: HubState, isNewest: boolean): void {
    stopHub();
    hub.state = copyOf(from);
    judge.restored(isNewest);
    startHub();
  }

  const network = createNetwork(world, () => hub.store);
  const edges: Edge[] = [];
  function addEdge(name: string, state: EdgeState): Edge {
    const edge: Edge = { name, state, disk: createDisk(world, plant === 'disk-lies'), process: undefined, image: imageOf(state) };
    edges.push(edge);
    start(edge);
    return edge;
  }
  function start(edge: Edge): void {
    if (edge.process) return;
    const handle = edge.disk.open();
    const store = createEdgeStore(edge.state, handle, plant, judge.forgotten, (id, count) => judge.said(edge.name, id, count), newName);
    edge.process = { handle, store };
    void live(edge.name, store).catch(failUnlessDied);
  }
  function stop(edge: Edge): void {
    edge.disk.cut();
    edge.process = undefined;
  }
  async function live(name: string, { up, down }: EdgeStore): Promise<void> {
    const door = network.door(name);
    let asks = true;
    const between = async () => {
      if (world.chance(0.3)) await pull(down, door, quiet);
      return true;
    };
    for (;;) {
      await world.sleep(world.below(calm ? 40 : 150));
      try {
        await push(up, door, { log: quiet, between }, asks);
        await pull(down, door, quiet);
        asks = world.chance(0.2);
        if (calm && world.now() > troubledMs + 3_000) return;
      } catch (error) {
        if (error instanceof Died) throw error;
        asks = true;
      }
    }
  }
  async function record(edge: Edge, kind: string): Promise<void> {
    const id = await edge.process?.store.record(kind);
    if (id !== undefined) judge.saved(edge.name, id);
  }
  function failUnlessDied(error: unknown): void {
    if (!(error instanceof Died)) judge.wrong(`a process failed: ${String(error)}`);
  }

  const anEdge = () => edges[world.below(edges.length)] as Edge;
  const deeds: Record<string, () => unknown> = {
    record: () => record(anEdge(), 'turn'),
    handoff: () => record(anEdge(), 'handoff'),
    reply: () => hub.store?.send(anEdge().name, newName('reply'), world.now() + hub.skew),
    kill: () => {
      const edge = anEdge();
      stop(edge);
      world.later(world.below(300), () => start(edge));
    },
    killHub: () => {
      stopHub();
      world.later(world.below(300), startHub);
    },
    cut: () => {
      const { name } = anEdge();
      network.cut(name, true);
      world.later(world.below(800), () => network.cut(name, false));
    },
    copy,
    clock: () => {
      hub.skew += world.below(2_000) - 1_000;
    },
    image: () => {
      const edge = anEdge();
      edge.image = imageOf(edge.state);
    },
    restore: () => copies.length > 0 && restore(copies.at(-1) as HubState, true),
    // The copies made after it are no good any more, or nobody would take an old one.
    restoreOld: () => restore(copies.splice(world.below(copies.length + 1)).shift() ?? emptyHub(), false),
    putBack: () => {
      const edge = anEdge();
      stop(edge);
      judge.putBack(edge.state, edge.image);
      judge.doubled();
      Object.assign(edge.state, imageOf(edge.image));
      start(edge);
    },
    clone: () => {
      const edge = anEdge();
      if (edges.length >= 4) return;
      judge.doubled();
      addEdge(edge.name, imageOf(edge.state));
    },
  };
  const daily = ['record', 'record', 'record', 'record', 'handoff', 'handoff', 'reply', 'reply', 'kill', 'killHub', 'cut', 'copy', 'clock'];
  // Where an edge and the hub both lose what they had, nobody is left to say so: a world has the one or the other.
  const [often, rarely] = world.chance(0.25) ? ['image', ['putBack', 'clone']] : ['restore', world.chance(0.4) ? ['restoreOld'] : []];
  const likely = [...daily, often];
  const aDeed = () => {
    const from = rarely.length > 0 && world.chance(0.04) ? rarely : likely;
    return from[world.below(from.length)] as string;
  };

  startHub();
  for (let i = 0; i < 1 + world.below(3); i++) {
    const state = emptyEdge(newName('epoch'));
    const edge = addEdge(`edge-${i}`, state);
    // Now and then an edge comes back from a long time without a network.
    if (world.chance(0.08)) for (let n = 0; n < 300; n++) begin(record(edge, 'turn'));
  }
  function begin(work: unknown): void {
    void Promise.resolve(work).catch(failUnlessDied);
  }
  function happen(): void {
    if (world.now() >= troubledMs) return;
    const kind = aDeed();
    acts[kind] = (acts[kind] ?? 0) + 1;
    begin(deeds[kind]?.());
    world.later(world.below(80), happen);
  }
  happen();
  await world.run(troubledMs);
  calm = true;
  network.heal();
  startHub();
  for (const edge of edges) start(edge);
  await world.run(troubledMs + calmMs);
  return { seed, acts, ...judge.verdict(hub.state, edges) };
}
