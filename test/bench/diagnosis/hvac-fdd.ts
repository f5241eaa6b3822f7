import type { Bench } from '../measure.ts';
import { labelsOf, truthOf } from './hvac-labels.ts';
import { daysOf } from './hvac-read.ts';
import { replay } from './hvac-replay.ts';
import { type Scored, scoreDays } from './hvac-score.ts';

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
    for (const { file, day, truth, faulty, causes, besides } of scored) {
      const names = faulty ? causes.slice(0, 3).join(', then ') : 'no fault';
      say(`${file} ${day}: ${truth}; called ${names}${besides.length > 0 ? ` (besides: ${besides.join(', ')})` : ''}`);
    }
    const { dayF1, top1, top3, days: counted, faulty, found, missed, falseAlarms, named } = scoreDays(scored);
    return [
      {
        metric: 'dayF1',
        says: `F1 of faulty days: ${found} of ${faulty} found, ${falseAlarms} false alarms in ${counted - faulty}`,
        value: dayF1,
        unit: '',
        goal: { atLeast: 0.95 },
      },
      { metric: 'top1', says: `The right cause first, of ${named} faulty days`, value: top1, unit: '%', goal: { atLeast: 80 } },
      { metric: 'top3', says: '· among the first three', value: top3, unit: '%' },
      { metric: 'missed', says: '· faulty days missed', value: missed, unit: '' },
      { metric: 'falseAlarms', says: '· healthy days called faulty', value: falseAlarms, unit: '' },
      { metric: 'days', says: 'Days judged', value: counted, unit: '' },
    ];
  },
};
