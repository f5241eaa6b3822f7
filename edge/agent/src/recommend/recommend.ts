import type { SuccessRate } from '@wayside/contract';
import type { Figure, Recommendation, Recommendations } from '@wayside/packs';
import { type Localized, parseSpan } from '@wayside/protocol';
import { quantity, type Units } from '../packs/quantity.ts';
import { sumUp, type Tallied } from './tally.ts';

/** What is known of a thing besides its samples. */
export type Facts = {
  /** The year it was made. */
  year?: number | undefined;
  /** How often a fault was repaired within a time, ms, or is there now. */
  seen(fault: string, withinMs: number): number;
  /** The unit of a signal. */
  unitOf(signal: string): string | undefined;
};

const yearMs = 365.25 * 86_400_000;

/** What a figure comes to for a thing now; undefined where nobody can know. */
export function figureOf(
  id: string,
  figures: Recommendations['figures'],
  tallies: ReadonlyMap<string, Tallied>,
  facts: Facts,
  now: number,
): number | undefined {
  const figure = figures[id];
  if (!figure) return undefined;
  if ('age' in figure) return facts.year === undefined ? undefined : (now - Date.UTC(facts.year, 0)) / yearMs;
  if ('seen' in figure) return facts.seen(figure.seen, parseSpan(figure.over) as number);
  if ('share' in figure) {
    const part = figureOf(figure.share, figures, tallies, facts, now);
    const whole = figureOf(figure.of, figures, tallies, facts, now);
    return part === undefined || !whole ? undefined : (100 * part) / whole;
  }
  return sumUp(figure, tallies.get(id), now);
}

/** The recommendations whose conditions all hold for a thing now. */
export function applicable(
  { figures, recommendations }: Recommendations,
  tallies: ReadonlyMap<string, Tallied>,
  facts: Facts,
  now: number,
): string[] {
  return Object.entries(recommendations)
    .filter(([, { when }]) =>
      when.every(({ figure, atLeast, atMost }) => {
        const value = figureOf(figure, figures, tallies, facts, now);
        return value !== undefined && value >= (atLeast ?? -Infinity) && value <= (atMost ?? Infinity);
      }),
    )
    .map(([id]) => id);
}

/** A recommendation that was given, as it is remembered. */
export type Given = {
  recommendation: string;
  thing: string;
  givenAt: number;
  /** `later` comes again at `until`; `no` and `done` not before the pack says so. */
  answer?: 'done' | 'later' | 'no';
  answeredAt?: number;
  until?: number;
  /** The command that did it, for taking it back. */
  command?: string;
};

const weekMs = 7 * 86_400_000;

/**
 * Which of those that apply are to be given now, with what was given before: no more new ones in a week than the pack allows, none that was
 * answered lately, and none at all while the person has their hands full or something is dangerous.
 */
export function toGive(
  applies: readonly string[],
  pack: Recommendations,
  given: readonly Given[],
  { busy, danger }: { busy: boolean; danger: boolean },
  now: number,
): string[] {
  if (busy || danger) return [];
  const room = pack.mostPerWeek - given.filter(({ givenAt }) => now - givenAt < weekMs).length;
  return applies
    .filter((id) => {
      const before = given.find(({ recommendation }) => recommendation === id);
      return !before || isDueAgain(before, pack.recommendations[id], now);
    })
    .slice(0, Math.max(0, room));
}

/** May it be given once more? One that stands unanswered is there already. */
function isDueAgain({ answer, answeredAt = 0, until }: Given, recommendation: Recommendation | undefined, now: number): boolean {
  if (answer === undefined) return false;
  if (answer === 'later') return now >= (until ?? 0);
  return now - answeredAt >= (parseSpan(recommendation?.again ?? '90d') as number);
}

/** The reason with its figures put in, and how the same has done elsewhere: a statistic, of nobody in particular. */
export function reasonOf(
  { because, procedure }: Recommendation,
  value: (figure: string) => number | undefined,
  figures: Recommendations['figures'],
  unitOf: (figure: Figure) => string | undefined,
  rate: SuccessRate | undefined,
  units: Units,
): Localized {
  const fill = (text: string, locale: 'en' | 'zh') =>
    text.replace(/\{([^{}]+)\}/g, (_, id: string) => {
      const figure = figures[id];
      const n = value(id);
      return figure === undefined || n === undefined ? '?' : quantity(n, unitOf(figure), locale, units);
    });
  const judged = rate ? rate.fixed + rate.notFixed : 0;
  const helped =
    procedure === undefined || !rate || judged < 5
      ? { en: '', zh: '' }
      : {
          en: ` On other machines of this kind it helped ${rate.fixed} of ${judged} times.`,
          zh: `在其他同类设备上，${judged} 次中有 ${rate.fixed} 次见效。`,
        };
  return { en: fill(because.en, 'en') + helped.en, zh: fill(because.zh, 'zh') + helped.zh };
}

/** The unit a figure is told in. */
export function unitOfFigure(figure: Figure, { unitOf }: Pick<Facts, 'unitOf'>): string | undefined {
  if (figure.unit !== undefined) return figure.unit;
  if ('share' in figure) return 'percent';
  if ('hours' in figure) return 'h';
  if ('latest' in figure) return unitOf(figure.latest);
  if ('mean' in figure) return unitOf(figure.mean);
  if ('least' in figure) return unitOf(figure.least);
  return 'most' in figure ? unitOf(figure.most) : undefined;
}
