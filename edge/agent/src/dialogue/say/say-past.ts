import type { Locale } from '@wayside/protocol';
import { quantity } from '../../packs/quantity.ts';
import type { Point } from '../../telemetry/course.ts';
import type { PastMove } from '../decide/decide-past.ts';
import type { AnswerContext, Said } from './answer-context.ts';
import { citeSample, signalTitle } from './cite.ts';
import { sayCompared } from './say-compared.ts';
import { clockWords, spanWords } from './time-words.ts';
import { type Trend, trendOf } from './trend.ts';
import { say } from './wording.ts';

type ReadPast = Extract<PastMove, { kind: 'read-past' }>;

/** Readings may begin so much later than was asked, as a share of the time, before it is said from when on. */
const late = 0.1;

/** A signal as it was: at a moment, over a time, its extremes, or which way it goes. */
export function readPast({ signal: name, figure, from, to, points = [], lately = [] }: ReadPast, context: AnswerContext): Said {
  const { locale, thing, units, now } = context;
  const zh = locale === 'zh';
  const signal = thing?.signals[name];
  const title = signalTitle(signal, name, locale);
  const worded = (value: Point[1]) => quantity(value, signal?.unit, locale, units);
  const clock = (at: number) => clockWords(at, now, locale);
  const told = (parts: (string | undefined)[], cited: readonly Point[]): Said => ({
    parts,
    rung: 'diagnosis',
    citations: cited.map(([at, value]) => citeSample(thing?.id ?? '', name, signal, { value, at }, locale, units)),
    grounds: parts.flatMap((one) => one ?? []),
  });
  const [first, last] = [points[0], points.at(-1)];
  if (figure === 'compare' && (first || lately.length > 0)) {
    const { parts, cited } = sayCompared(
      { points, lately, from, to },
      { title, worded, clock, locale, now, is: thing?.latest(name)?.value, counts: signal?.counter ?? false },
    );
    return told(parts, cited);
  }
  if (!first || !last) {
    const is = thing?.latest(name);
    const today = is && (zh ? `现在是 ${worded(is.value)}。` : `It is ${worded(is.value)} now.`);
    return told([zh ? `那个时候没有“${title}”的读数。` : `I have no reading of that from then: ${title}.`, today], []);
  }
  if (from === to)
    return told(
      [zh ? `${clock(last[0])}，${title}是 ${worded(last[1])}。` : `At ${clock(last[0])}, ${title} was ${worded(last[1])}.`],
      [last],
    );
  if (figure === 'compare') return told([say('tooFewReadings', locale)], []);
  const numbers = points.filter((point): point is [number, number] => typeof point[1] === 'number');
  if (figure === 'trend') {
    const trend = trendOf(numbers);
    return told([trend ? sayTrend(trend, title, worded, locale) : say('tooFewReadings', locale)], trend ? [first, last] : []);
  }
  const span = zh
    ? `${clock(from)} 到${to >= now ? '现在' : ` ${clock(to)}`}，`
    : `From ${clock(from)} ${to >= now ? 'until now' : `to ${clock(to)}`}, `;
  const { words, cited } = sayFigure(figure, numbers, { title, worded, clock, locale, last, counts: signal?.counter ?? false });
  const begins = first[0] - from > late * (to - from);
  const looked = zh ? `我看的是 ${clock(first[0])} 以后的读数。` : `I looked at readings from ${clock(first[0])} on.`;
  return told([span + words, begins ? looked : undefined], cited);
}

type Wording = {
  title: string;
  worded(value: Point[1]): string;
  clock(at: number): string;
  locale: Locale;
  last: Point;
  /** It only grows. */
  counts: boolean;
};

/** What a signal came to over a time, and the readings that say so. */
function sayFigure(
  figure: Exclude<ReadPast['figure'], 'trend' | 'compare'>,
  numbers: readonly (readonly [number, number])[],
  { title, worded, clock, locale, last, counts }: Wording,
): { words: string; cited: Point[] } {
  const zh = locale === 'zh';
  const [begun, ended] = [numbers[0], numbers.at(-1)];
  if (!begun || !ended)
    return { words: zh ? `${title}最后是 ${worded(last[1])}。` : `${title} was last ${worded(last[1])}.`, cited: [last] };
  const [most, least] = [numbers.reduce((a, b) => (b[1] > a[1] ? b : a)), numbers.reduce((a, b) => (b[1] < a[1] ? b : a))];
  const mean = worded(numbers.reduce((sum, [, value]) => sum + value, 0) / numbers.length);
  const at = ([moment, value]: readonly [number, number]) =>
    zh ? `${worded(value)}（${clock(moment)}）` : `${worded(value)} (${clock(moment)})`;
  const cited = (...which: (readonly [number, number])[]): Point[] => which.map(([moment, value]) => [moment, value]);
  switch (figure) {
    case 'most':
      return {
        words: zh ? `${title}最高 ${at(most)}。` : `${title} was highest at ${clock(most[0])}: ${worded(most[1])}.`,
        cited: cited(most),
      };
    case 'least':
      return {
        words: zh ? `${title}最低 ${at(least)}。` : `${title} was lowest at ${clock(least[0])}: ${worded(least[1])}.`,
        cited: cited(least),
      };
    case 'mean':
      return { words: zh ? `${title}平均 ${mean}。` : `${title} was ${mean} on average.`, cited: cited(ended) };
    case 'value': {
      // A counter tells by how much it grew; of one that began anew in between nothing is sure but its readings.
      const grown = counts && ended[1] >= begun[1] ? worded(ended[1] - begun[1]) : undefined;
      if (grown !== undefined)
        return { words: zh ? `${title}增加了 ${grown}。` : `${title} went up by ${grown}.`, cited: cited(begun, ended) };
      const words = zh
        ? `${title}在 ${at(least)}和 ${at(most)}之间，平均 ${mean}。`
        : `${title} lay between ${at(least)} and ${at(most)}, ${mean} on average.`;
      return { words, cited: cited(least, most) };
    }
  }
}

/** Which way a signal goes, in words. */
export function sayTrend(trend: Trend, title: string, worded: (value: number) => string, locale: Locale): string {
  const [from, to, span] = [worded(trend.from), worded(trend.to), spanWords(trend.ms, locale)];
  if (trend.goes === 'level')
    return locale === 'zh' ? `${title} ${span}以来大致不变：${to}。` : `${title} has stayed about the same for ${span}: ${to}.`;
  if (locale === 'zh') return `${title} ${span}内从约 ${from} ${trend.goes === 'up' ? '升' : '降'}到约 ${to}。`;
  return `${title} has ${trend.goes === 'up' ? 'risen' : 'fallen'} from about ${from} to about ${to} in ${span}.`;
}
