import { loadPacks, packsRoot } from '@wayside/packs';
import { type Bench, type BenchOptions, type Row, some } from '../measure.ts';
import { drawnVerdict } from './drawn.ts';
import { healthyVerdict, ownVerdicts, rehearsedOf, strayVerdict } from './scenarios.ts';
import { falseAlarmsPerDay, falselySeen, meanQuestions, medianDelay, pairsOf, scoreOf, type Verdict } from './verdicts.ts';

/** How many cases are made of each fault of a pack, and hours of a healthy machine for each pack. */
const straysEach = 4;
const drawnEach = 10;
const healthyHours = 48;

type Judged = { own: Verdict[]; strays: Verdict[]; drawn: Verdict[]; healthy: Verdict[] };

/** Plays the cases of every pack that knows any fault. */
async function judge({ share, seed: first = 0, say }: BenchOptions): Promise<Judged> {
  const judged: Judged = { own: [], strays: [], drawn: [], healthy: [] };
  const { packs } = await loadPacks(packsRoot);
  for (const pack of packs) {
    const faults = Object.keys(pack.faults).length;
    if (faults === 0) continue;
    say(`scenarios of ${pack.family} …`);
    const all = await rehearsedOf(pack);
    const cases = (each: number, make: (seed: number) => Verdict) =>
      Array.from({ length: some(each * faults, share) }, (_, i) => make(first + i));
    judged.own.push(...ownVerdicts(pack, all));
    judged.strays.push(...cases(straysEach, (seed) => strayVerdict(pack, all, seed)));
    judged.drawn.push(...cases(drawnEach, (seed) => drawnVerdict(pack, seed)));
    judged.healthy.push(...Array.from({ length: some(healthyHours, share) }, (_, i) => healthyVerdict(pack, all, first + i, '1h')));
  }
  return judged;
}

/** The same figures of each kind of case: with the person's answers, and what the machine says alone. */
function figuresOf(kind: string, says: string, verdicts: readonly Verdict[], goal: boolean): Row[] {
  const asked = scoreOf(verdicts, 'asked');
  const alone = scoreOf(verdicts, 'unasked');
  const name = (metric: string) => (kind === '' ? metric : `${kind}${metric[0]!.toUpperCase()}${metric.slice(1)}`);
  const row = (metric: string, what: string, value: number, unit: Row['unit'], met?: Row['goal']): Row => ({
    metric: name(metric),
    says: `${says}: ${what}`,
    value,
    unit,
    ...(goal && met ? { goal: met } : {}),
  });
  return [
    row('top1', `the cause named first, ${asked.cases} cases`, 100 * asked.top1, '%', { atLeast: 85 }),
    row('top3', 'among the first three', 100 * asked.top3, '%', { atLeast: 97 }),
    row('top1Alone', 'first, nobody asked', 100 * alone.top1, '%'),
    row('top3Alone', 'among three, nobody asked', 100 * alone.top3, '%'),
    row('silent', 'nothing to go by: no sign, nothing told', 100 * asked.silent, '%'),
    row('questions', 'questions a case', meanQuestions(verdicts), '', { atMost: 3 }),
    row('calibration', 'calibration error of what is shown', asked.ece, '', { atMost: 0.05 }),
    row('calibrationAlone', 'the same, nobody asked', alone.ece, '', { atMost: 0.05 }),
  ];
}

/** The diagnosis on the packs' own scenarios, on machines and people that stray from them, and on healthy machines. */
export const scenarios: Bench = {
  name: 'scenarios',
  title: "Causes: the packs' own scenarios, strangers of them, cases drawn from the packs' claims, healthy machines",
  async run(options) {
    const { own, strays, drawn, healthy } = await judge(options);
    const pairs = pairsOf(strays, 'asked');
    const falsely = falselySeen(healthy);
    return [
      ...figuresOf('', 'own', own, true),
      {
        metric: 'delaySeconds',
        says: 'own: from the beginning of the fault until it is shown, median',
        value: medianDelay(own),
        unit: 's',
      },
      ...figuresOf('stray', 'strangers', strays, false),
      { metric: 'pairsBoth', says: `two faults at once, ${pairs.cases} cases: both are shown`, value: 100 * pairs.both, unit: '%' },
      { metric: 'pairsEither', says: 'two faults at once: one of them is', value: 100 * pairs.either, unit: '%' },
      ...figuresOf('drawn', 'drawn', drawn, false),
      {
        metric: 'falseAlarmsPerDay',
        says: 'Faults shown in a day of healthy machines',
        value: falseAlarmsPerDay(healthy),
        unit: '',
        goal: { atMost: 0 },
      },
      {
        metric: 'falseSymptoms',
        says: `Of ${falsely.judged} symptoms looked for in them for an hour: shown`,
        value: falsely.seen,
        unit: '',
      },
    ];
  },
};
