import { packsRoot } from '@wayside/packs';
import { findScenario, openScenario, type Run, runScenario } from '@wayside/simulators';
import { type Site, until } from '../support/site.ts';

/** An edge and who stands at its machines: a site is one, with its first edge. */
export type Place = Pick<Site, 'edge' | 'operator'>;

/**
 * A thing that is on the road now: what it lived through so far is said at once as history, the rest as it happens.
 * Resolves when the edge diagnoses `fault` on it.
 * @param lead ms of the scenario that lie behind it
 */
export async function liveThing(place: Place, scenario: string, fault: string, lead: number): Promise<Run> {
  const { mqttPort, mqtt } = place.edge();
  const opened = await openScenario(await findScenario(packsRoot, scenario));
  const run = runScenario({ ...opened, url: `mqtt://127.0.0.1:${mqttPort}`, ...mqtt, lead });
  await run.start();
  await until(
    `${fault} on ${scenario}`,
    async () => {
      const { faults } = await place.operator.get<{ faults: { fault: string }[] }>('/v1/faults');
      return faults.some((one) => one.fault === fault);
    },
    60_000,
  );
  return run;
}

/** The family car two minutes after cylinder 1 began to misfire. */
export const misfiringCar = (place: Place): Promise<Run> => liveThing(place, 'vehicle/misfire', 'misfire-cylinder-1', 210_000);
