import { type Pack, type PackProblem, type RecommendationTest, signalsOfFigure } from '@wayside/packs';
import { parseSpan, type Value } from '@wayside/protocol';
import { applicable } from './recommend.ts';
import { nothingTallied, type Tallied, tally } from './tally.ts';

/** Tests begin on this day, so that an age is the same every year. */
const begins = Date.UTC(2026, 0, 1);
/** More samples than this nobody wrote on purpose. */
const mostSamples = 100_000;

type Heard = { at: number; signal: string; value: Value };

/** What is recommended for a thing that was used as a test says. */
export function rehearseUse(pack: Pack, test: RecommendationTest): string[] {
  const file = pack.recommendations;
  if (!file) return [];
  const tallies = new Map<string, Tallied>();
  const end = begins + test.days * 86_400_000;
  const watchers = Object.entries(file.figures).map(([id, figure]) => ({ id, figure, signals: new Set(signalsOfFigure(figure)) }));
  for (const { signal, value, at } of heard(test, end)) {
    for (const { id, figure, signals } of watchers) {
      if (!signals.has(signal)) continue;
      const state = tallies.get(id) ?? nothingTallied();
      tallies.set(id, state);
      tally(figure, state, signal, value, at);
    }
  }
  const facts = {
    year: test.year,
    seen: (fault: string) => (test.faults.includes(fault) ? 1 : 0),
    unitOf: (signal: string) => pack.thing.signals[signal]?.unit,
  };
  return applicable(file, tallies, facts, end);
}

function heard({ usage }: RecommendationTest, end: number): Heard[] {
  const all = usage.flatMap(({ from, every, times, course }) =>
    Array.from({ length: times }, (_, n) => begins + (parseSpan(from) as number) + n * (parseSpan(every) as number)).flatMap((start) =>
      course.flatMap(({ at, signals }) =>
        Object.entries(signals).map(([signal, value]) => ({ at: start + (parseSpan(at) as number), signal, value })),
      ),
    ),
  );
  return all
    .filter(({ at }) => at <= end)
    .sort((a, b) => a.at - b.at)
    .slice(-mostSamples);
}

/** The tests of a pack's recommendations that come to something else than they say. */
export function judgeUse(pack: Pack, tests: readonly RecommendationTest[]): PackProblem[] {
  return tests.flatMap((test, i) => {
    const came = rehearseUse(pack, test).sort().join(', ');
    const wanted = [...test.expect].sort().join(', ');
    if (came === wanted) return [];
    const problem = `"${test.title}" recommends ${came || 'nothing'} and must recommend ${wanted || 'nothing'}`;
    return [{ file: 'tests/recommendations.yaml', at: `tests.${i}`, problem }];
  });
}
