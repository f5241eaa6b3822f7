import type { Locale, Value } from '@wayside/protocol';
import type { Point } from '../../telemetry/course.ts';
import { usualOf } from './say-judged.ts';
import { spanWords } from './time-words.ts';
import { say } from './wording.ts';

type Numbers = readonly (readonly [number, number])[];

/** Within this share of what it was, it is about the same. */
const same = 0.05;
/** A counter that ran shorter than this says nothing of a day. */
const shortestMs = 3_600_000;
const dayMs = 86_400_000;

/** A signal as it was, beside as it is: its mean, or of a counter how much it grows in a day; else, where nothing is kept of then, how it is, said so. */
export function sayCompared(
  { points, lately, from, to }: { points: readonly Point[]; lately: readonly Point[]; from: number; to: number },
  {
    title,
    worded,
    clock,
    locale,
    now,
    is,
    counts,
  }: {
    title: string;
    worded(value: Value): string;
    clock(at: number): string;
    locale: Locale;
    now: number;
    is: Value | undefined;
    counts: boolean;
  },
): { parts: string[]; cited: Point[] } {
  const zh = locale === 'zh';
  const [then, late] = [numbersOf(points), numbersOf(lately)];
  const recent: Numbers = late.length > 0 ? late : typeof is === 'number' ? [[now, is]] : [];
  const cited = [points.at(-1), lately.at(-1)].flatMap((one) => (one ? [one] : []));
  const [was, has] = counts ? [perDay(then), perDay(late)] : [meanOf(then), meanOf(recent)];
  const perDayWords = counts ? (zh ? '每天 ' : ' a day') : '';
  const worth = (value: number) => (zh ? `${perDayWords}${worded(value)}` : `${worded(value)}${perDayWords}`);
  if (was === undefined || has === undefined) {
    const grown = growth(late);
    const known =
      counts && grown
        ? zh
          ? `${title}在 ${spanWords(grown.ms, locale)}内增加了 ${worded(grown.by)}。`
          : `${title} went up by ${worded(grown.by)} in ${spanWords(grown.ms, locale)}.`
        : is === undefined
          ? undefined
          : zh
            ? `${title}现在是 ${worded(is)}。`
            : `${title} is ${worded(is)} now.`;
    const missing = zh ? '没有更早的读数可比。' : 'I have no readings from before to compare it with.';
    const usual = counts || late.length === 0 ? undefined : usualOf(lately, worded, locale);
    return { parts: [known, usual, was === undefined ? missing : say('usualUnknown', locale)].flatMap((one) => one ?? []), cited };
  }
  const moment = from === to || to - from < 60_000;
  const [begins, ends] = [points[0]?.[0] ?? from, points.at(-1)?.[0] ?? to];
  const when = moment
    ? zh
      ? clock(ends)
      : `at ${clock(ends)}`
    : zh
      ? `${clock(begins)} 到 ${clock(ends)}`
      : `from ${clock(begins)} to ${clock(ends)}`;
  const change = Math.abs(has - was) <= same * Math.abs(was) ? 'same' : has > was ? 'more' : 'less';
  const averaged = counts || moment ? '' : zh ? '平均 ' : ' on average';
  const before = zh ? `${title}，${when}：${averaged}${worth(was)}` : `${title} was ${worth(was)}${averaged} ${when}`;
  const latelyWords =
    late.length > 0
      ? zh
        ? `最近一天：${averaged}${worth(has)}`
        : `over the last day ${worth(has)}${averaged}`
      : zh
        ? `现在：${worth(has)}`
        : `now ${worth(has)}`;
  const verdict = { same: ['about the same', '差不多'], more: ['more than then', '比那时高'], less: ['less than then', '比那时低'] }[
    change
  ];
  return {
    parts: [zh ? `${before}；${latelyWords}，${verdict[1]}。` : `${before}; ${latelyWords}: ${verdict[0]}.`],
    cited,
  };
}

const numbersOf = (points: readonly Point[]): Numbers => points.filter((point): point is [number, number] => typeof point[1] === 'number');

const meanOf = (points: Numbers): number | undefined =>
  points.length === 0 ? undefined : points.reduce((sum, [, value]) => sum + value, 0) / points.length;

/** By how much a counter grew, and in how long; undefined where it began anew in between. */
function growth(points: Numbers): { by: number; ms: number } | undefined {
  const [first, last] = [points[0], points.at(-1)];
  return first && last && last[1] >= first[1] && last[0] > first[0] ? { by: last[1] - first[1], ms: last[0] - first[0] } : undefined;
}

function perDay(points: Numbers): number | undefined {
  const grown = growth(points);
  return grown && grown.ms >= shortestMs ? (grown.by / grown.ms) * dayMs : undefined;
}
