import type { Citation } from '@wayside/contract';
import type { Locale } from '@wayside/protocol';
import { type Limit, limitsOf } from '../../packs/limits.ts';
import { quantity } from '../../packs/quantity.ts';
import type { Point } from '../../telemetry/course.ts';
import type { PastMove } from '../decide/decide-past.ts';
import type { AnswerContext, Said } from './answer-context.ts';
import { citeSample, signalTitle } from './cite.ts';
import { spanWords } from './time-words.ts';
import { say } from './wording.ts';

type Judge = Extract<PastMove, { kind: 'judge' }>;

/** Less than this tells nothing of what is usual. */
const fewest = { points: 20, ms: 10 * 60_000 };
/** So many of the readings are called usual, on either side of the middle, in percent of them. */
const usualShare = [5, 95] as const;
/** More are thinned out before they are put in order. */
const mostSorted = 5_000;

/** How a figure is to be taken: by the limits that the pack sets its signal, with the reading of now and what is usual here beside it. */
export function sayJudged({ signal: name, value, asked, points = [] }: Judge, context: AnswerContext): Said {
  const { locale, thing, units, packOf } = context;
  const zh = locale === 'zh';
  const signal = thing?.signals[name];
  if (!thing || !signal) return { parts: [say('noSuchSignal', locale)], rung: 'diagnosis' };
  const pack = packOf(thing.id);
  const title = signalTitle(signal, name, locale);
  const worded = (one: number) => quantity(one, signal.unit, locale, units);
  const reading = thing.latest(name);
  const is = typeof reading?.value === 'number' ? reading.value : undefined;
  const limits = pack ? limitsOf(pack, name, signal, thing.latest) : [];
  const judged = value ?? is;
  const verdict =
    judged === undefined
      ? undefined
      : verdictOn({ value: judged, said: value === undefined ? undefined : saidAs(worded(value), asked, locale) }, limits, worded, locale);
  const now = is === undefined ? undefined : zh ? `${title}现在是 ${worded(is)}。` : `${title} is ${worded(is)} now.`;
  const usual = usualOf(points, worded, locale);
  const unread = is === undefined ? (zh ? `现在没有“${title}”的读数。` : `I have no reading of it now: ${title}.`) : undefined;
  const parts = [
    // Of a figure that was given the verdict is the answer; of the reading, the reading.
    ...(value === undefined ? [now, verdict?.words] : [verdict?.words, now]),
    unread,
    usual,
  ];
  const sample: Citation[] =
    reading === undefined ? [] : [citeSample(thing.id, name, signal, { value: reading.value, at: reading.observedAt }, locale, units)];
  return {
    parts: parts.filter((one) => one !== undefined),
    rung: 'diagnosis',
    citations: [...sample, ...(verdict?.by ?? []).map((one) => citeLimit(one, worded, locale))],
    grounds: parts.flatMap((one) => one ?? []),
  };
}

/** "3 bar (300 kPa)", where it was asked in another unit. */
const saidAs = (value: string, asked: string | undefined, locale: Locale): string =>
  asked === undefined ? value : locale === 'zh' ? `${asked}（${value}）` : `${asked} (${value})`;

const citeLimit = ({ symptom, title, side, at }: Limit, worded: (value: number) => string, locale: Locale): Citation => ({
  kind: 'fault',
  ref: symptom,
  text: `${title[locale]}: ${side === 'above' ? '>' : '<'} ${worded(at)}`,
});

/** Which limit a value has passed, the farthest; else the nearest on either side. */
function verdictOn(
  { value, said }: { value: number; said: string | undefined },
  limits: readonly Limit[],
  worded: (value: number) => string,
  locale: Locale,
) {
  const zh = locale === 'zh';
  if (limits.length === 0) return { words: say('noLimit', locale), by: [] };
  const passed = limits
    .filter(({ side, at }) => (side === 'above' ? value > at : value < at))
    .sort((a, b) => Math.abs(value - a.at) - Math.abs(value - b.at));
  const [worst] = passed;
  if (worst) {
    const [high, at, name] = [worst.side === 'above', worded(worst.at), worst.title[locale]];
    const words = zh
      ? `${said === undefined ? '' : `${said} `}${high ? '偏高' : '偏低'}：${high ? '高于' : '低于'} ${at} 就算“${name}”。`
      : `${said ?? 'That'} is too ${high ? 'high' : 'low'}: ${high ? 'over' : 'under'} ${at} it counts as “${name}”.`;
    return { words, by: [worst] };
  }
  const ahead = (['below', 'above'] as const).flatMap((side) => {
    const [next] = limits.filter((one) => one.side === side).sort((a, b) => Math.abs(value - a.at) - Math.abs(value - b.at));
    return next ? [next] : [];
  });
  const each = ahead.map(({ side, at, title }) =>
    zh
      ? `${side === 'above' ? '高于' : '低于'} ${worded(at)} 才算“${title.zh}”`
      : `${side === 'above' ? 'over' : 'under'} ${worded(at)} it counts as “${title.en}”`,
  );
  return {
    words: zh
      ? `${said === undefined ? '' : `${said} `}在限值以内：${each.join('，')}。`
      : `${said ?? 'That'} is within its limits: ${each.join(', ')}.`,
    by: ahead,
  };
}

/** What this machine has shown most of the last day. */
export function usualOf(points: readonly Point[], worded: (value: number) => string, locale: Locale): string | undefined {
  const [first, last] = [points[0], points.at(-1)];
  if (!first || !last || points.length < fewest.points || last[0] - first[0] < fewest.ms) return say('usualUnknown', locale);
  const each = Math.ceil(points.length / mostSorted);
  const sorted = points.flatMap(([, value], n) => (n % each === 0 && typeof value === 'number' ? [value] : [])).sort((a, b) => a - b);
  const [low, high] = usualShare.map((share) => worded(sorted[Math.round((share / 100) * (sorted.length - 1))] ?? 0));
  const span = spanWords(last[0] - first[0], locale);
  if (low === high) return locale === 'zh' ? `最近 ${span}大多是 ${low}。` : `Over the last ${span} it was mostly ${low}.`;
  return locale === 'zh'
    ? `最近 ${span}大多在 ${low} 到 ${high} 之间。`
    : `Over the last ${span} it was mostly between ${low} and ${high}.`;
}
