import type { DownBatch, UpAcknowledgment, UpBatch } from '@wayside/contract';
import { type Placed, placeRecords } from '../../../cloud/hub/src/sync/place-records.ts';
import type { Handle, UndoBy } from './disk.ts';
import type { Plant } from './plants.ts';

type Stored = { id: string; hash: string; kind: string; body: unknown };
type Envelope = { seq: number; at: number; body: string };

/** What lies on the hub's disk. Keys of streams are edge and epoch. */
export type HubState = {
  streams: Map<string, { through: number; safe: number }>;
  records: Map<string, Map<number, Stored>>;
  /** How often each record took effect. */
  effects: Map<string, number>;
  /** What bears a number another record has, by stream. */
  aside: Map<string, Set<string>>;
  envelopes: Map<string, Envelope[]>;
};

export const emptyHub = (): HubState => ({
  streams: new Map(),
  records: new Map(),
  effects: new Map(),
  aside: new Map(),
  envelopes: new Map(),
});

export const copyOf = (state: HubState): HubState => ({
  streams: new Map([...state.streams].map(([key, stream]) => [key, { ...stream }])),
  records: new Map([...state.records].map(([key, records]) => [key, new Map(records)])),
  effects: new Map(state.effects),
  aside: new Map([...state.aside].map(([key, ids]) => [key, new Set(ids)])),
  envelopes: new Map([...state.envelopes].map(([key, all]) => [key, [...all]])),
});

/** As the hub marks envelopes by what they say; here each says another thing. */
const markOf = (one: Envelope | undefined): number | undefined => one && Number(one.body.split('-')[1]);

export type HubStore = {
  up(edge: string, batch: UpBatch): Promise<UpAcknowledgment>;
  down(edge: string, after: number, limit: number, mark: number | undefined): Promise<DownBatch>;
  /** Writes an envelope for an edge. */
  send(edge: string, body: string, at: number): Promise<void>;
  /** How far each stream has come; and that a copy which holds so much is elsewhere. */
  reached(): Promise<ReadonlyMap<string, number>>;
  markSafe(streams: ReadonlyMap<string, number>): Promise<void>;
};

function put<K, V>(undoBy: UndoBy, map: Map<K, V>, key: K, value: V): void {
  const before = map.get(key);
  undoBy(() => (before === undefined ? map.delete(key) : map.set(key, before)));
  map.set(key, value);
}

/** The hub's store in memory, around the product's own placing of records. */
export function createHubStore(state: HubState, disk: Handle, plant: Plant | undefined, credit: () => number): HubStore {
  const keyOf = (edge: string, epoch: string) => (plant === 'epochs-are-one' ? edge : `${edge} ${epoch}`);

  function takesEffect(undoBy: UndoBy, { id }: { id: string }, again = false): void {
    const times = state.effects.get(id) ?? 0;
    // The rooms know a record by its id: one that comes in another epoch is the same.
    if (times > 0 && !again && plant !== 'same-record-in-a-new-epoch') return;
    put(undoBy, state.effects, id, times + 1);
  }

  function place(all: (Placed & Stored)[], through: number, stored: Map<number, Stored>) {
    // Of those only that are asked about: a stream grows long.
    const hashes = new Map(all.flatMap(({ seq }) => (stored.has(seq) ? [[seq, (stored.get(seq) as Stored).hash]] : [])));
    if (plant === 'stores-past-a-gap') {
      const fresh = all.filter(({ seq }) => !hashes.has(seq));
      return { through: Math.max(through, ...all.map(({ seq }) => seq)), fresh, twice: [] };
    }
    const placed = placeRecords(all, through, hashes);
    if (plant === 'acknowledges-highest') placed.through = Math.max(placed.through, ...all.map(({ seq }) => seq));
    if (plant === 'overtaking-moves-the-line')
      placed.through = Math.max(placed.through, ...all.filter(({ ahead }) => ahead).map(({ seq }) => seq));
    if (plant === 'equivocation-is-dropped') placed.twice = [];
    return placed;
  }

  return {
    async up(edge, { epoch, records, ahead = [] }) {
      const key = keyOf(edge, epoch);
      const read =
        (overtakes: boolean) =>
        ({ seq, id, kind, body }: UpBatch['records'][number]) => ({ seq, id, kind, body, hash: id, ahead: overtakes });
      const all = [...records.map(read(false)), ...ahead.map(read(true))].sort((a, b) => a.seq - b.seq);
      const { stream, fresh, twice } = await disk.commit((undoBy) => {
        const before = state.streams.get(key) ?? { through: 0, safe: 0 };
        const stored = state.records.get(key) ?? new Map<number, Stored>();
        if (!state.records.has(key)) put(undoBy, state.records, key, stored);
        const { through, fresh, twice } = place(all, before.through, stored);
        const aside = state.aside.get(key) ?? new Set<string>();
        if (!state.aside.has(key)) put(undoBy, state.aside, key, aside);
        for (const { id } of twice) {
          if (aside.has(id)) continue;
          undoBy(() => aside.delete(id));
          aside.add(id);
        }
        if (plant === 'known-takes-effect-again')
          for (const one of all.filter(({ seq, id }) => seq <= before.through && stored.get(seq)?.id === id))
            takesEffect(undoBy, one, true);
        if (plant === 'overtaken-comes-again')
          for (const one of all.filter(({ seq, ahead }) => !ahead && seq > before.through && stored.has(seq)))
            takesEffect(undoBy, one, true);
        for (const one of fresh) {
          put(undoBy, stored, one.seq, one);
          if (plant !== 'effect-in-its-own-transaction') takesEffect(undoBy, one);
        }
        const now = { through, safe: plant === 'safe-without-copy' ? through : before.safe };
        if (through > before.through) put(undoBy, state.streams, key, now);
        return { stream: now, fresh, twice };
      });
      if (plant === 'effect-in-its-own-transaction')
        await disk.commit((undoBy) => {
          for (const one of fresh) takesEffect(undoBy, one);
        });
      return {
        durableThrough: stream.through,
        safeThrough: stream.safe,
        credit: credit(),
        ahead: ahead.map(({ seq }) => seq),
        quarantined: twice.map(({ seq }) => ({ seq, reason: 'equivocation', twice: true })),
      };
    },
    down: (edge, after, limit, mark) =>
      disk.read(() => {
        const all = state.envelopes.get(edge) ?? [];
        if (mark !== undefined && markOf(all.find(({ seq }) => seq === after)) !== mark)
          return { envelopes: [], more: true, putBack: true };
        const rest = all.filter(({ seq }) => seq > after);
        return {
          envelopes: rest.slice(0, limit).map((one) => ({ ...one, kind: 'reply', mark: markOf(one) ?? 0 })),
          more: rest.length > limit,
        };
      }),
    send: (edge, body, at) =>
      disk.commit((undoBy) => {
        const all = state.envelopes.get(edge) ?? [];
        const seq = plant === 'envelopes-by-count' ? Math.max(1, all.length % 4) : (all.at(-1)?.seq ?? 0) + 1;
        put(undoBy, state.envelopes, edge, [...all, { seq, at, body }]);
      }),
    reached: () => disk.read(() => new Map([...state.streams].map(([key, { through }]) => [key, through]))),
    markSafe: (streams) =>
      disk.commit((undoBy) => {
        for (const [key, through] of streams) {
          const stream = state.streams.get(key);
          if (stream && stream.safe < through) put(undoBy, state.streams, key, { ...stream, safe: through });
        }
      }),
  };
}
