import { sql } from 'kysely';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { openEdgeStore } from '../store/open.ts';
import { createRegistry, type KnownThing } from './registry.ts';

describe('a thing that speaks for the first time', () => {
  let store: Awaited<ReturnType<typeof openEdgeStore>>;
  const stored = () => store.db.selectFrom('thing').select('id').execute();
  beforeEach(async () => {
    store = await openEdgeStore(':memory:', () => 1_000);
  });
  afterEach(() => store.close());

  it('is on disk before anything it says is acknowledged, its later words too', async () => {
    const told: KnownThing[] = [];
    const registry = createRegistry(store.db, (thing) => told.push(thing));
    const first = registry.heard('car', 1_000);
    expect(registry.isStillHere('car', 1_001)).toBe(false);
    expect(await registry.heard('car', 1_002)).toBe(true);
    expect(await stored()).toEqual([{ id: 'car' }]);
    await first;
    expect(registry.isStillHere('car', 1_003)).toBe(true);
    expect(told).toHaveLength(1);
    expect(await store.db.selectFrom('outbox').select('kind').execute()).toEqual([{ kind: 'thing' }]);
  });

  it('is new again where it could not be written down', async () => {
    const registry = createRegistry(store.db, () => {});
    await sql`CREATE TRIGGER refusing BEFORE INSERT ON thing BEGIN SELECT RAISE(ABORT, 'no room'); END`.execute(store.db);
    const both = await Promise.allSettled([registry.heard('car', 1_000), registry.heard('car', 1_001)]);
    expect(both.map(({ status }) => status)).toEqual(['rejected', 'rejected']);
    await sql`DROP TRIGGER refusing`.execute(store.db);
    expect(await registry.heard('car', 1_002)).toBe(true);
    expect(await stored()).toEqual([{ id: 'car' }]);
  });
});
