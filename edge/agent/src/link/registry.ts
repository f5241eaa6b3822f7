import { type Description, description as descriptionSchema, type Presence } from '@wayside/protocol';
import type { Db } from '../store/schema.ts';
import { enqueue } from '../sync/outbox.ts';
import { thingReport } from './thing-report.ts';

/** A thing that has spoken here. One without a description is shown all the same, as unknown. */
export type KnownThing = {
  id: string;
  description: Description | null;
  presence: Presence | 'unknown';
  firstSeen: number;
  lastSeen: number;
  /** It speaks in words of its own, which an adapter reads. */
  ownWords?: boolean;
  /** And it declared nothing that it could be told. */
  onlyTells?: boolean;
};

/** A site holds so many things; a device that invents ids cannot fill the memory of the edge. */
export const maxThings = 2_000;

export type Registry = {
  load(): Promise<void>;
  all(): KnownThing[];
  get(id: string): KnownThing | undefined;
  /** As `heard`, at once, for a thing that is known to be online; false of any other. */
  isStillHere(id: string, now: number): boolean;
  /** Notes that a thing spoke at `now`. False when the site is full and it is new. */
  heard(id: string, now: number): Promise<boolean>;
  describe(id: string, description: Description, now: number): Promise<boolean>;
  presence(id: string, presence: Presence, now: number): Promise<boolean>;
  /** Notes whether a thing speaks in its own words, which an adapter reads, or in ours. */
  speaks(id: string, words: 'ours' | 'its own'): void;
};

/** Who is here: in memory for reading, in the store so that a restart forgets nobody. `lastSeen` is written lazily, it is only a hint. */
export function createRegistry(db: Db, onChange: (thing: KnownThing) => void): Registry {
  const things = new Map<string, KnownThing>();
  /** New ones that are not on disk yet: nothing they say may be acknowledged before they are, or a kill would forget who said it. */
  const arriving = new Map<string, Promise<void>>();

  async function save(thing: KnownThing): Promise<void> {
    const row = {
      description: thing.description ? JSON.stringify(thing.description) : null,
      presence: thing.presence,
      lastSeen: thing.lastSeen,
    };
    await db.transaction().execute(async (tx) => {
      await tx
        .insertInto('thing')
        .values({ id: thing.id, firstSeen: thing.firstSeen, ...row })
        .onConflict((c) => c.column('id').doUpdateSet(row))
        .execute();
      await enqueue(tx, 'thing', thingReport(thing), thing.lastSeen);
    });
  }

  async function change(id: string, now: number, what: Partial<KnownThing>): Promise<boolean> {
    const before = things.get(id);
    if (!before && things.size >= maxThings) return false;
    const after: KnownThing = { ...(before ?? { id, description: null, presence: 'unknown', firstSeen: now }), ...what, lastSeen: now };
    // Memory first: messages of one thing are heard side by side, and each must see what the one before it said.
    things.set(id, after);
    onChange(after);
    await (before ? save(after) : arrive(after));
    return true;
  }

  async function arrive(thing: KnownThing): Promise<void> {
    const saved = save(thing);
    arriving.set(thing.id, saved);
    try {
      await saved;
    } catch (error) {
      things.delete(thing.id);
      throw error;
    } finally {
      arriving.delete(thing.id);
    }
  }

  function isStillHere(id: string, now: number): boolean {
    const known = things.get(id);
    if (known?.presence !== 'online' || arriving.has(id)) return false;
    known.lastSeen = now;
    return true;
  }

  return {
    async load() {
      for (const row of await db.selectFrom('thing').selectAll().execute()) {
        const described = row.description ? descriptionSchema.safeParse(JSON.parse(row.description)) : undefined;
        // After a restart nobody is known to be online until it speaks.
        things.set(row.id, {
          id: row.id,
          description: described?.data ?? null,
          presence: 'unknown',
          firstSeen: row.firstSeen,
          lastSeen: row.lastSeen,
        });
      }
    },
    all: () => [...things.values()],
    get: (id) => things.get(id),
    isStillHere,
    async heard(id, now) {
      const first = arriving.get(id);
      if (first) await first;
      if (isStillHere(id, now)) return true;
      return change(id, now, things.get(id)?.presence === 'offline' ? {} : { presence: 'online' });
    },
    describe: (id, description, now) => change(id, now, { description }),
    presence: (id, presence, now) => change(id, now, { presence }),
    speaks(id, words) {
      const known = things.get(id);
      if (!known) return;
      known.ownWords = words === 'its own';
      known.onlyTells = known.ownWords && Object.keys(known.description?.actions ?? {}).length === 0;
    },
  };
}
