import type { Row } from '../measure.ts';
import { type Scored, scoreDays } from './hvac-score.ts';

/** A score as the rows of a bench. Without a day whose cause is known there is nothing to say of causes. */
export function rowsOf(scored: readonly Scored[], goals: { dayF1: number; top1: number } | undefined): Row[] {
  const { dayF1, top1, top3, days, faulty, found, missed, falseAlarms, named } = scoreDays(scored);
  const goal = (of: 'dayF1' | 'top1') => (goals ? { goal: { atLeast: goals[of] } } : {});
  const causes: Row[] = [
    { metric: 'top1', says: `The right cause first, of ${named} faulty days`, value: top1, unit: '%', ...goal('top1') },
    { metric: 'top3', says: '· among the first three', value: top3, unit: '%' },
  ];
  return [
    {
      metric: 'dayF1',
      says: `F1 of faulty days: ${found} of ${faulty} found, ${falseAlarms} false alarms in ${days - faulty}`,
      value: dayF1,
      unit: '',
      ...goal('dayF1'),
    },
    ...(named > 0 ? causes : []),
    { metric: 'missed', says: '· faulty days missed', value: missed, unit: '' },
    { metric: 'falseAlarms', says: '· healthy days called faulty', value: falseAlarms, unit: '' },
    { metric: 'days', says: 'Days judged', value: days, unit: '' },
  ];
}

/** One day of it in a line, for who reads along. */
export function lineOf({ file, day, truth, faulty, causes, besides }: Scored): string {
  const names = faulty ? causes.slice(0, 3).join(', then ') || 'a sensor' : 'no fault';
  return `${file} ${day}: ${truth}; called ${names}${besides.length > 0 ? ` (besides: ${besides.join(', ')})` : ''}`;
}
