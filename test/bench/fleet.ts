import { packsRoot } from '@wayside/packs';
import { findScenarios, openScenario, type Run, runScenario } from '@wayside/simulators';

export type Fleet = { /** Thing ids by family. */ things: ReadonlyMap<string, string[]>; stop(): Promise<void> };

/** So much of each scenario is told at once, so that its fault has begun. */
const leadMs = 120_000;

/** So many simulated things on a broker, a reading each second, healthy and faulty ones of every family that ships. */
export async function startFleet(broker: { url: string; username: string; password: string }, count: number): Promise<Fleet> {
  const scenarios = await findScenarios(packsRoot);
  // The first thing's fault is there within its lead, however few things are wanted and however slow the others' faults are.
  const first = scenarios.findIndex(({ file }) => file.endsWith('/vehicle/tests/scenarios/misfire.yaml'));
  const things = new Map<string, string[]>();
  const runs: Run[] = [];
  for (let n = 0; n < count; n++) {
    // A step that is no divisor walks through all families early, however few things are wanted.
    const { file } = scenarios[(first + n * 23) % scenarios.length]!;
    const opened = await openScenario(file, { thing: `thing-${n}` });
    const { family } = opened.scenario;
    things.set(family, [...(things.get(family) ?? []), `thing-${n}`]);
    runs.push(runScenario({ ...opened, ...broker, lead: leadMs, until: 3_600_000 }));
  }
  await Promise.all(runs.map((run) => run.start()));
  return {
    things,
    async stop() {
      await Promise.all(runs.map((run) => run.stop()));
    },
  };
}
