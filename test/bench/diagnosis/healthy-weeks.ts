import { loadPacks, type Pack, packsRoot } from '@wayside/packs';
import { replay } from '@wayside/simulators';
import { type Heard, rehearse } from '../../../edge/agent/src/diagnosis/rehearse.ts';
import { type Bench, type BenchOptions, some } from '../measure.ts';
import { begin, sensors } from './hearing.ts';
import { vary } from './perturb.ts';
import { type Random, randomOf } from './random.ts';
import { type Rehearsed, rehearsedOf } from './scenarios.ts';

const livesEach = 3;
const week = 7 * 86_400_000;
/** Between two episodes the machine is off, or its line is down, ms. */
const pause = [10 * 60_000, 8 * 3_600_000] as const;

/** What the machines of one kind went through without anything being the matter, and what was said of them all the same. */
type Life = { what: string; faults: string[]; symptoms: string[] };

/** Some days in the life of one healthy machine: its pack's healthy scenarios one after the other, as chance has it, with pauses between them. */
function* live(pack: Pack, able: readonly Rehearsed[], random: Random, length: number): Generator<Heard> {
  const first = able[0]!.scenario;
  const sensor = sensors(pack, first, random);
  for (let at = begin; at < begin + length; at += random.between(...pause)) {
    const { scenario, recording } = random.pick(able);
    for (const step of replay({ scenario: vary(scenario, pack, random), recording, start: at, thing: first.thing.id })) {
      yield { ...step, samples: sensor(step.samples) };
      at = Math.max(at, step.at);
    }
  }
}

/** @param share of the week */
async function livesOf(pack: Pack, { share, seed: from = 0 }: BenchOptions): Promise<Life[]> {
  const healthy = (await rehearsedOf(pack)).filter(({ scenario }) => scenario.expect.fault === null);
  const kinds = Map.groupBy(healthy, ({ scenario }) => scenario.thing.id).values();
  return [...kinds].flatMap((able) =>
    Array.from({ length: some(livesEach, share) }, (_, i): Life => {
      const { scenario } = able[0]!;
      const steps = live(pack, able, randomOf(from + i, `${pack.family} ${scenario.thing.id}`), share * week);
      const { shown, seen } = rehearse(pack, scenario, steps, { tells: [], answers: () => 'unsure' });
      return { what: `${pack.family} ${scenario.thing.id}, seed ${from + i}`, faults: [...shown.keys()], symptoms: [...seen] };
    }),
  );
}

/** A week of every kind of healthy machine the packs have scenarios of: no fault may be shown. */
export const healthyWeeks: Bench = {
  name: 'healthy-weeks',
  title: 'Weeks of healthy machines, through sensors that err, switched off now and then',
  async run(options) {
    const { packs } = await loadPacks(packsRoot);
    const lives: Life[] = [];
    for (const pack of packs) if (Object.keys(pack.faults).length > 0) lives.push(...(await livesOf(pack, options)));
    for (const { what, faults, symptoms } of lives)
      if (symptoms.length > 0) options.say(`${what}: ${faults.join(', ') || 'no fault'} by ${symptoms.join(', ')}`);
    const sum = (of: (life: Life) => string[]) => lives.reduce((all, life) => all + of(life).length, 0);
    return [
      { metric: 'weeks', says: 'Weeks lived', value: lives.length * options.share, unit: '' },
      { metric: 'faults', says: 'Faults shown in them', value: sum(({ faults }) => faults), unit: '', goal: { atMost: 0 } },
      { metric: 'symptoms', says: '· symptoms a detector raised', value: sum(({ symptoms }) => symptoms), unit: '' },
    ];
  },
};
