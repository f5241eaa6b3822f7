import { openStore } from '@wayside/sqlite';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { migrationsIn } from '../store/migrations.ts';
import type { Schema } from '../store/schema.ts';
import { createChallenges } from './challenge.ts';

let now = Date.parse('2026-03-02T09:00:00Z');
let store: Awaited<ReturnType<typeof openStore<Schema>>>;
beforeAll(async () => {
  store = await openStore<Schema>(':memory:', migrationsIn('sqlite'));
});
afterAll(() => store.close());

const of = (key: string) => createChallenges({ db: store.db, now: () => now, tell: () => {} } as never, key);
const text = (challenge: Buffer) => challenge.toString('base64url');

describe('a challenge', () => {
  it('is taken once, by any hub of the same key', async () => {
    const one = text(of('key').make());
    expect([await of('key').spend(one), await of('key').spend(one), await of('key').spend(text(of('key').make()))]).toEqual([
      true,
      false,
      true,
    ]);
  });

  it('is not taken when it is of another key, was changed, is too old or is none', async () => {
    const made = of('key').make();
    const later = Buffer.from(made);
    later.writeDoubleBE(now + 9 * 3_600_000);
    for (const wrong of [text(of('another key').make()), text(later), '', 'AAAA', text(Buffer.alloc(56))])
      expect(await of('key').spend(wrong)).toBe(false);
    now += 5 * 60_000 + 1;
    expect(await of('key').spend(text(made))).toBe(false);
  });
});
