import type { Citation } from '@wayside/contract';
import type { Locale } from '@wayside/protocol';
import { quantity } from '../../packs/quantity.ts';
import type { Point } from '../../telemetry/chunk.ts';
import type { PastMove } from '../decide/decide-past.ts';
import type { AnswerContext, Said } from './answer-context.ts';
import { citeSample, signalTitle } from './cite.ts';
import { clockWords, spanWords } from './time-words.ts';
import { trendOf } from './trend.ts';
import { say } from './wording.ts';

type ReadPast = Extract<PastMove, { kind: 'read-past' }>;

/** Readings may begin so much later than was asked, as a share of the time, before that is said. */
const late = 0.1;

/** A signal as it was: at a moment, over a time, its extremes, or which way it goes. */
export function readPast({ signal: name, figure, from, to, points = [] }: ReadPast, context: AnswerContext): Said {
  const { locale, thing, units, now } = context;
  const zh = locale === 'zh';
  const signal = thing?.signals[name];
  const title = signalTitle(signal, name, locale);
  const worded = (value: Point[1]) => quantity(value, signal?.unit, locale, units);
  const clock = (at: number) => clockWords(at, now, locale);
  const cited = (...which: Point[]): Citation[] =>
    which.map(([at, value]) => citeSample(thing?.id ?? '', name, signal, { value, at }, locale, units));
  const told = (parts: (string | undefined)[], citations: Citation[] = []): Said => ({
    parts,
    rung: 'diagnosis',
    citations,
    grounds: parts.flatMap((one) => one ?? []),
  });
  const [first, last] = [points[0], points.at(-1)];
  if (!first || !last) {
    const is = thing?.latest(name);
    const today = is && (zh ? `现在是 ${worded(is.value)}。` : `It is ${worded(is.value)} now.`);
    return told([zh ? `那个时候没有“${title}”的读数。` : `I have no reading of that from then: ${title}.`, today]);
  }
  if (from === to)
    return told(
      [zh ? `${clock(last[0])}，${title}是 ${worded(last[1])}。` : `At ${clock(last[0])}, ${title} was ${worded(last[1])}.`],
      cited(last),
    );
  const begun =
    first[0] - from > late * (to - from)
      ? zh
        ? `我的读数从 ${clock(first[0])} 开始。`
        : `My readings begin at ${clock(first[0])}.`
      : undefined;
  const numbers = points.filter((point): point is [number, number] => typeof point[1] === 'number');
  const span = zh
    ? `${clock(from)} 到${to >= now ? '现在' : ` ${clock(to)}`}，`
    : `From ${clock(from)} ${to >= now ? 'until now' : `to ${clock(to)}`}, `;
  if (numbers.length === 0)
    return told([`${span}${zh ? `${title}最后是 ${worded(last[1])}。` : `${title} was last ${worded(last[1])}.`}`, begun], cited(last));
  if (figure === 'trend') return told([sayTrend(numbers, title, worded, locale) ?? say('tooFewReadings', locale)], cited(first, last));
  const most = numbers.reduce((a, b) => (b[1] > a[1] ? b : a));
  const least = numbers.reduce((a, b) => (b[1] < a[1] ? b : a));
  // A counter tells by how much it grew; of one that began anew only what it grew since is known.
  if (figure === 'value' && signal?.counter && last[1] >= first[1]) {
    const grown = worded(Number(last[1]) - Number(first[1]));
    return told([span + (zh ? `${title}增加了 ${grown}。` : `${title} went up by ${grown}.`), begun], cited(first, last));
  }
  const mean = worded(numbers.reduce((sum, [, value]) => sum + value, 0) / numbers.length);
  switch (figure) {
    case 'most':
      return told(
        [
          span +
            (zh
              ? `${title}最高 ${worded(most[1])}（${clock(most[0])}）。`
              : `${title} was highest at ${clock(most[0])}: ${worded(most[1])}.`),
          begun,
        ],
        cited(most),
      );
    case 'least':
      return told(
        [
          span +
            (zh
              ? `${title}最低 ${worded(least[1])}（${clock(least[0])}）。`
              : `${title} was lowest at ${clock(least[0])}: ${worded(least[1])}.`),
          begun,
        ],
        cited(least),
      );
    case 'mean':
      return told([span + (zh ? `${title}平均 ${mean}。` : `${title} was ${mean} on average.`), begun], cited(last));
    default:
      return told(
        [
          span +
            (zh
              ? `${title}在 ${worded(least[1])}（${clock(least[0])}）和 ${worded(most[1])}（${clock(most[0])}）之间，平均 ${mean}。`
              : `${title} lay between ${worded(least[1])} (${clock(least[0])}) and ${worded(most[1])} (${clock(most[0])}), ${mean} on average.`),
          begun,
        ],
        cited(least, most),
      );
  }
}

/** Which way a signal goes, in words; undefined where too little is known. */
export function sayTrend(points: readonly Point[], title: string, worded: (value: number) => string, locale: Locale): string | undefined {
  const trend = trendOf(points);
  if (!trend) return undefined;
  const [from, to, span] = [worded(trend.from), worded(trend.to), spanWords(trend.ms, locale)];
  if (trend.goes === 'level')
    return locale === 'zh' ? `${title} ${span}以来大致不变：${to}。` : `${title} has stayed about the same for ${span}: ${to}.`;
  if (locale === 'zh') return `${title} ${span}内从 ${from} ${trend.goes === 'up' ? '升' : '降'}到 ${to}。`;
  return `${title} has ${trend.goes === 'up' ? 'risen' : 'fallen'} from ${from} to ${to} in ${spanWords(trend.ms, locale)}.`;
}
