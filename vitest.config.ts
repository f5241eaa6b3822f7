import { defineConfig } from 'vitest/config';
import { BaseSequencer, type TestSpecification } from 'vitest/node';
import { postgresPrograms } from './test/support/postgres.ts';

/**
 * The longest first: begun last, one of them would run alone while the other workers have nothing left to do. First of all what mostly waits, then
 * whole sites and browsers.
 */
class LongestFirst extends BaseSequencer {
  override async sort(files: TestSpecification[]): Promise<TestSpecification[]> {
    const long = ({ moduleId }: TestSpecification) =>
      Number(/[/\\]test[/\\](?:conformance|faults|flows|browser)[/\\]/.test(moduleId)) +
      2 * Number(/[/\\](?:sdks|bad-audio|port-ears|screens|record-drills)\.test/.test(moduleId));
    return (await super.sort(files)).sort((a, b) => long(b) - long(a));
  }
}

const exclude = ['**/node_modules/**', '**/dist/**'];

/** The rooms of the hub that speak to its store: their tests run on SQLite and, where this machine has it, once more on PostgreSQL. */
const onPostgres = [
  'assist',
  'cases',
  'customers',
  'fleet',
  'hooks',
  'insight',
  'knowledge',
  'people',
  'queue',
  'repair',
  'rollout',
  'store',
  'sync',
  'visits',
].map((room) => `cloud/hub/src/${room}/**/*.test.ts`);
/** To move from a file to PostgreSQL takes both, and only on PostgreSQL are there several hubs. */
const needsPostgres = ['cloud/hub/src/store/move.test.ts', 'cloud/hub/src/{auth,queue,visits}/two-hubs.test.ts'];
/** What measures this process's memory, changes its environment, loads native models or looks at the platform's own classes wants a process of its own. */
const apart = [
  'models/src/{cli,gguf,models,tier}.test.ts',
  'models/src/{embedding,language,natives,understanding}/*.test.ts',
  'models/src/speech/{speaker/speaker,wake/wake-head,wake/wake-listener}.test.ts',
  'test/bench/**/*.test.ts',
  'test/faults/memory.test.ts',
  'test/prove/**/*.test.ts',
  'cli/src/light-web/**/*.test.ts',
  'edge/agent/src/bad-telemetry.test.ts',
  'edge/agent/src/diagnosis/room.test.ts',
  'edge/agent/src/prepare/prepare-apart.test.ts',
];
/** What hears and speaks at the pace of sound: after all else and fewer at once, since a loop that is starved drops what a person would hear. */
const sound = [
  'models/src/speech/{recognize/load-recognizer,ears/port-ears,mouth/port-mouth,recognize/whisper}.test.ts',
  'edge/agent/src/voice/room.test.ts',
  'test/flows/{bad-audio,beside-an-answer,voice,voice-by-name,voice-real,wyoming}.test.ts',
  'test/browser/{microphone,voice,voice-screens}.test.ts',
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
    // Patience costs nothing where what is waited for comes; on a busy machine it comes late.
    testTimeout: 120_000,
    hookTimeout: 120_000,
    expect: { poll: { timeout: 20_000 } },
    // Three for two cores: much of a test is waiting for a browser, a disk, a timer. Four win half a minute of fourteen, and lose patience.
    maxWorkers: 3,
    sequence: { sequencer: LongestFirst },
    projects: [
      {
        extends: true,
        test: {
          name: 'wayside',
          include: ['**/*.test.{ts,tsx}'],
          exclude: [...exclude, ...needsPostgres, ...apart, ...sound],
          // A process takes file after file: to load hub and edge anew for each took an eighth of all the time.
          isolate: false,
          globalSetup: setUp,
        },
      },
      { extends: true, test: { name: 'apart', include: apart, exclude: [...exclude, ...sound], globalSetup: setUp } },
      { extends: true, test: { name: 'sound', include: sound, exclude, globalSetup: setUp, maxWorkers: 2, sequence: { groupOrder: 1 } } },
      ...(postgresPrograms() ? [postgres] : []),
    ],
  },
});
