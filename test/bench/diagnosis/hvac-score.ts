import type { Truth } from './hvac-labels.ts';
import type { Call } from './hvac-replay.ts';

export type Scored = Call & { truth: Truth };

export type Score = {
  dayF1: number;
  /** Of the faulty days whose cause is known: the cause named first, and among the first three; percent. A day not called names nothing. */
  top1: number;
  top3: number;
  days: number;
  faulty: number;
  found: number;
  missed: number;
  falseAlarms: number;
  named: number;
};

/** Scores calls by day, as the set's README says. Days to be left out are. */
export function scoreDays(all: readonly Scored[]): Score {
  const days = all.filter(({ truth }) => truth !== 'leave out');
  const faulty = days.filter(({ truth }) => truth !== 'none');
  const found = faulty.filter((one) => one.faulty).length;
  const falseAlarms = days.filter((one) => one.truth === 'none' && one.faulty).length;
  const named = faulty.filter(({ truth }) => truth !== 'unnamed');
  const among = (first: number) =>
    named.filter((one) => one.faulty && one.causes.slice(0, first).some((cause) => cause === one.truth)).length;
  const missed = faulty.length - found;
  return {
    dayF1: (2 * found) / (2 * found + missed + falseAlarms),
    top1: (100 * among(1)) / named.length,
    top3: (100 * among(3)) / named.length,
    days: days.length,
    faulty: faulty.length,
    found,
    missed,
    falseAlarms,
    named: named.length,
  };
}
