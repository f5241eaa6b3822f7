import { defineConfig } from 'vitest/config';
import { BaseSequencer, type TestSpecification } from 'vitest/node';
import { postgresPrograms } from './test/support/postgres.ts';

/** Whole sites and browsers first: begun last, the longest of them would run alone while the other worker has nothing left to do. */
class LongestFirst extends BaseSequencer {
  override async sort(files: TestSpecification[]): Promise<TestSpecification[]> {
    const long = ({ moduleId }: TestSpecification) => Number(/[/\\]test[/\\](?:conformance|faults|flows|browser)[/\\]/.test(moduleId));
    return (await super.sort(files)).sort((a, b) => long(b) - long(a));
  }
}

const exclude = ['**/node_modules/**', '**/dist/**'];

/** The rooms of the hub that speak to its store: their tests run on SQLite and, where this machine has it, once more on PostgreSQL. */
const onPostgres = [
  'assist',
  'cases',
  'fleet',
  'hooks',
  'insight',
  'knowledge',
  'queue',
  'repair',
  'rollout',
  'store',
  'sync',
  'visits',
].map((room) => `cloud/hub/src/${room}/**/*.test.ts`);
/** To move from a file to PostgreSQL takes both, and only on PostgreSQL are there several hubs. */
const needsPostgres = ['cloud/hub/src/store/move.test.ts', 'cloud/hub/src/auth/two-hubs.test.ts', 'cloud/hub/src/visits/two-hubs.test.ts'];
const postgres = {
  extends: true as const,
  test: {
    name: 'postgres',
    include: [...onPostgres, ...needsPostgres],
    exclude,
    env: { WAYSIDE_TEST_POSTGRES: '' },
    globalSetup: ['test/support/set-up.ts', 'test/support/set-up-postgres.ts'],
  },
};

export default defineConfig({
  test: {
    testTimeout: 60_000,
    hookTimeout: 60_000,
    maxWorkers: 2,
    sequence: { sequencer: LongestFirst },
    projects: [
      {
        extends: true,
        test: {
          name: 'wayside',
          include: ['**/*.test.{ts,tsx}'],
          exclude: [...exclude, ...needsPostgres],
          globalSetup: ['test/support/set-up.ts'],
        },
      },
      ...(postgresPrograms() ? [postgres] : []),
    ],
  },
});
