import type { Bench } from '../measure.ts';
import { labelsOf, truthOf } from './hvac-labels.ts';
import { daysOf } from './hvac-read.ts';
import { replay } from './hvac-replay.ts';
import { lineOf, rowsOf } from './hvac-rows.ts';
import type { Scored } from './hvac-score.ts';

/** Real air handlers with faults put in on purpose: is each day called rightly, and the cause by its name? */
export const hvacFdd: Bench = {
  name: 'hvac-fdd',
  title: 'Air handlers of the LBNL inventory, day by day (the air-handler pack: derived signals, detectors, diagnosis)',
  async run({ data, say }) {
    const days = data === undefined ? undefined : await daysOf(data);
    if (data === undefined || !days?.length) return { skipped: 'there is no hvac-fdd/ in the data folder (--data DIR)' };
    const labels = await labelsOf(data);
    const scored: Scored[] = [];
    for (const [, its] of Map.groupBy(days, ({ file }) => file)) {
      const calls = await replay(its);
      scored.push(...calls.map((call, i) => ({ ...call, truth: truthOf(labels, call.file, call.day, its[i]!.column) })));
    }
    for (const one of scored) say(lineOf(one));
    return rowsOf(scored, { dayF1: 0.95, top1: 80 });
  },
};
