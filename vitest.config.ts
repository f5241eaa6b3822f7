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
/** What measures this process's memory, changes its environment, loads native models or looks at the platform's own classes wants a process of its own. */
const apart = [
  'models/**/*.test.ts',
  'test/bench/**/*.test.ts',
  'test/faults/memory.test.ts',
  'test/prove/**/*.test.ts',
  'cli/src/light-web/**/*.test.ts',
  'edge/agent/src/bad-telemetry.test.ts',
  'edge/agent/src/diagnosis/room.test.ts',
  'edge/agent/src/prepare/prepare-apart.test.ts',
];
const setUp = ['test/support/set-up.ts'];
const postgres = {
  extends: true as const,
  test: {
    name: 'postgres',
    include: [...onPostgres, ...needsPostgres],
    exclude,
    isolate: false,
    env: { WAYSIDE_TEST_POSTGRES: '' },
    globalSetup: [...setUp, 'test/support/set-up-postgres.ts'],
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
          exclude: [...exclude, ...needsPostgres, ...apart],
          // A process takes file after file: to load hub and edge anew for each took an eighth of all the time.
          isolate: false,
          globalSetup: setUp,
        },
      },
      { extends: true, test: { name: 'apart', include: apart, exclude, globalSetup: setUp } },
      ...(postgresPrograms() ? [postgres] : []),
    ],
  },
});
