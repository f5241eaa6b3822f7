import type { UpRecord } from '@wayside/contract';
import type { DownStream } from '../../../edge/agent/src/sync/down-stream.ts';
import type { OutOfStep, UpStream } from '../../../edge/agent/src/sync/up-stream.ts';
import type { Handle, UndoBy } from './disk.ts';
import type { Plant } from './plants.ts';

/** What lies on an edge's disk. */
export type EdgeState = {
  epoch: string;
  rows: UpRecord[];
  /** The highest number ever given in this epoch. */
  last: number;
  told: number;
  overtaken: Set<number>;
  forgotten: Map<string, number>;
  after: number;
  mark: number | undefined;
  /** The hub's envelopes that took effect, and how often. */
  heard: Map<string, number>;
};

export const emptyEdge = (epoch: string): EdgeState => ({
  epoch,
  rows: [],
  last: 0,
  told: 0,
  overtaken: new Set(),
  forgotten: new Map(),
  after: 0,
  mark: undefined,
  heard: new Map(),
});

export const imageOf = (state: EdgeState): EdgeState => ({
  ...state,
  rows: [...state.rows],
  overtaken: new Set(state.overtaken),
  forgotten: new Map(state.forgotten),
  heard: new Map(state.heard),
});

export type EdgeStore = {
  up: UpStream;
  down: DownStream;
  /** Records that something happened; when it resolves the person is told that it is saved. @returns its id, later ones higher */
  record(kind: string): Promise<string>;
};

/**
 * The edge's store in memory, on a disk that can be cut: what `upStreamOf` and `downStreamOf` are over SQLite.
 * @param forgotten hears what is deleted because it is safe
 * @param said hears of each word that something is lost
 * @param newName a name for an epoch, and for a word of what was lost
 */
export function createEdgeStore(
  state: EdgeState,
  disk: Handle,
  plant: Plant | undefined,
  forgotten: (ids: string[]) => void,
  said: (id: string, count: number) => void,
  newName: (of: string) => string,
): EdgeStore {
  function set<K extends keyof EdgeState>(undoBy: UndoBy, key: K, value: EdgeState[K]): void {
    const before = state[key];
    undoBy(() => {
      state[key] = before;
    });
    state[key] = value;
  }

  function insert(undoBy: UndoBy, row: Omit<UpRecord, 'seq'>): void {
    const last = plant === 'numbers-come-again' ? (state.rows.at(-1)?.seq ?? 0) : state.last;
    set(undoBy, 'last', last + 1);
    set(undoBy, 'rows', [...state.rows, { ...row, seq: last + 1 }]);
  }

  function say(undoBy: UndoBy, count: number): void {
    const id = newName('gap');
    said(id, count);
    insert(undoBy, { id, kind: 'gap', at: 0, body: { count } });
  }

  function renumber(undoBy: UndoBy, stated: number): void {
    const kept = plant === 'rows-lost-in-renumbering' ? state.rows.filter(({ kind }) => kind !== 'handoff') : state.rows;
    set(undoBy, 'forgotten', new Map(state.forgotten).set(state.epoch, (state.rows[0]?.seq ?? state.last + 1) - 1 - stated));
    if (plant !== 'same-epoch') set(undoBy, 'epoch', newName('epoch'));
    if (plant !== 'told-survives-renumbering') set(undoBy, 'told', 0);
    set(undoBy, 'overtaken', new Set());
    set(
      undoBy,
      'rows',
      kept.map((row, i) => ({ ...row, seq: i + 1 })),
    );
    set(undoBy, 'last', kept.length);
  }

  const up: UpStream = {
    epoch: () => state.epoch,
    toldThrough: () => disk.read(() => state.told),
    after: (seq, limit) =>
      disk.read(() => {
        const found = state.rows.filter((row) => row.seq > seq).slice(0, limit);
        if (plant === 'told-runs-ahead') state.told = found.at(-1)?.seq ?? state.told;
        return found;
      }),
    ahead: (beyond, limit) =>
      disk.read(() =>
        state.rows.filter(({ seq, kind }) => seq > beyond && kind === 'handoff' && !state.overtaken.has(seq)).slice(0, limit),
      ),
    firstKept: () => disk.read(() => state.rows[0]?.seq ?? state.last + 1),
    lastNumber: () => disk.read(() => state.last),
    acknowledged: (through, safe, ahead) =>
      disk.commit((undoBy) => {
        set(undoBy, 'told', through);
        const to = plant === 'forgets-what-is-told' ? through : Math.min(through, safe) + (plant === 'forgets-one-more' ? 1 : 0);
        forgotten(state.rows.filter(({ seq }) => seq <= to).map(({ id }) => id));
        set(
          undoBy,
          'rows',
          state.rows.filter(({ seq }) => seq > to),
        );
        set(undoBy, 'overtaken', new Set([...state.overtaken, ...ahead].filter((seq) => seq > through)));
      }),
    earlier: () =>
      disk.read(() =>
        plant === 'earlier-epochs-are-forgotten' ? [] : [...state.forgotten].map(([epoch, forgotten]) => ({ epoch, forgotten })),
      ),
    stateLoss: (epoch, through, missing) =>
      disk.commit((undoBy) => {
        say(undoBy, missing);
        set(undoBy, 'forgotten', new Map(state.forgotten).set(epoch, through));
      }),
    goOn: ({ why, count }: OutOfStep) =>
      disk.commit((undoBy) => {
        if (why === 'hub-lost' && plant !== 'gap-is-not-said') say(undoBy, count);
        renumber(undoBy, why === 'hub-lost' ? count : 0);
      }),
  };

  const hear = (undoBy: UndoBy, id: string): void => {
    const times = state.heard.get(id) ?? 0;
    // The rooms take an envelope they know as the one it is, as after a hub was put back.
    if (times > 0 && plant !== 'effect-without-place') return;
    undoBy(() => (times === 0 ? state.heard.delete(id) : state.heard.set(id, times)));
    state.heard.set(id, times + 1);
  };
  const move = (undoBy: UndoBy, seq: number, at: number): void => {
    set(undoBy, 'after', seq);
    set(undoBy, 'mark', at);
  };

  const down: DownStream = {
    place: () => disk.read(() => ({ after: state.after, mark: plant === 'no-mark' ? undefined : state.mark })),
    rewind: () =>
      disk.commit((undoBy) => {
        set(undoBy, 'after', plant === 'rewind-to-last' ? Math.max(0, state.after - 1) : 0);
        set(undoBy, 'mark', undefined);
      }),
    async take({ seq, at, body, mark = at }) {
      const id = body as string;
      if (plant === 'place-before-effect') {
        await disk.commit((undoBy) => move(undoBy, seq, mark));
        await disk.commit((undoBy) => hear(undoBy, id));
      } else if (plant === 'effect-without-place') {
        await disk.commit((undoBy) => hear(undoBy, id));
        await disk.commit((undoBy) => move(undoBy, seq, mark));
      } else
        await disk.commit((undoBy) => {
          if (seq <= state.after) return;
          hear(undoBy, id);
          move(undoBy, seq, mark);
        });
      return undefined;
    },
  };

  const record = (kind: string) =>
    disk.commit((undoBy) => {
      const id = newName(kind);
      insert(undoBy, { id, kind, at: 0, body: id });
      return id;
    });
  return { up, down, record };
}
