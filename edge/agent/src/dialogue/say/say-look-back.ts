import type { Locale } from '@wayside/protocol';
import type { PastFault } from '../../diagnosis/memory.ts';
import { quantity } from '../../packs/quantity.ts';
import type { PastMove } from '../decide/decide-past.ts';
import type { AnswerContext, Said } from './answer-context.ts';
import { citeFault, signalTitle } from './cite.ts';
import { sayDone } from './say-done.ts';
import { sayTrend } from './say-past.ts';
import { clockWords, spanWords } from './time-words.ts';
import { trendOf } from './trend.ts';
import { ended, listed, say } from './wording.ts';

type LookBack = Extract<PastMove, { kind: 'look-back' }>;

/** A fault that was away for no longer than this was there all the while. */
const flickersMs = 10 * 60_000;
const mostListed = 3;

/** Since when something is wrong, whether it gets worse, whether it was so before. */
export function sayLookBack(move: LookBack, context: AnswerContext): Said {
  const { locale, now } = context;
  const parts =
    move.asks === 'done'
      ? [move.done ? sayDone(move.done, now, locale) : say('noPast', locale)]
      : move.asks === 'before' || !move.fault
        ? sayBefore(move, now, locale)
        : move.asks === 'since'
          ? [saySince(move.fault, now, locale)]
          : sayWorse(move, context);
  return {
    parts,
    rung: 'diagnosis',
    citations: move.fault ? [citeFault(move.fault, locale)] : [],
    grounds: parts.flatMap((one) => one ?? []),
  };
}

function saySince({ title, since }: Pick<PastFault, 'title' | 'since'>, now: number, locale: Locale): string {
  const clock = clockWords(since, now, locale);
  const span = now - since < 60_000 ? undefined : spanWords(now - since, locale);
  if (locale === 'zh') return `从 ${clock} 开始看到${span === undefined ? '' : `，到现在 ${span}`}：${ended(title.zh, locale)}`;
  return `I have seen this since ${clock}${span === undefined ? '' : `, for ${span} now`}: ${ended(title.en, locale)}`;
}

function sayWorse({ fault, shown }: LookBack, { locale, thing, units, now }: AnswerContext): (string | undefined)[] {
  if (!fault) return [say('nothingWorse', locale)];
  if (!shown) return [say('onlyACode', locale), saySince(fault, now, locale)];
  const signal = thing?.signals[shown.signal];
  const worded = (value: number) => quantity(value, signal?.unit, locale, units);
  const trend = trendOf(shown.points);
  if (!trend) return [say('tooEarlyToTell', locale), saySince(fault, now, locale)];
  const { goes } = trend;
  const verdict = goes === 'level' ? 'noWorse' : shown.worse === undefined ? undefined : goes === shown.worse ? 'getsWorse' : 'eases';
  return [verdict && say(verdict, locale), sayTrend(trend, signalTitle(signal, shown.signal, locale), worded, locale)];
}

function sayBefore({ fault, within, faults = [], done }: LookBack, now: number, locale: Locale): (string | undefined)[] {
  const then = episodes(faults).filter(({ since, until }) => !within || (since <= within.to && until >= within.from));
  if (fault && !within) {
    const same = then.filter((one) => one.fault === fault.fault && fault.since - one.until > flickersMs);
    return [sayTimes(same, now, locale), done && sayDone(done, now, locale)];
  }
  const standing = fault && within && fault.since <= within.to ? saySince(fault, now, locale) : undefined;
  const lately = then.slice(0, mostListed).map((one) => {
    const [clock, span] = [clockWords(one.since, now, locale), spanWords(one.until - one.since, locale)];
    return locale === 'zh' ? `${one.title.zh}（${clock}，持续 ${span}）` : `${one.title.en} (${clock}, for ${span})`;
  });
  return [
    fault ? undefined : say('nothingNow', locale),
    standing,
    lately.length > 0
      ? `${say('wasBefore', locale)}${locale === 'zh' ? '' : ' '}${listed(lately, locale)}`
      : standing
        ? undefined
        : say(within ? 'nothingThen' : 'neverBefore', locale),
    done && sayDone(done, now, locale),
  ];
}

function sayTimes(same: readonly PastFault[], now: number, locale: Locale): string {
  const [last] = same;
  if (!last) return say('firstTime', locale);
  const [clock, span] = [clockWords(last.since, now, locale), spanWords(last.until - last.since, locale)];
  if (locale === 'zh') return `之前出现过 ${same.length} 次，最近一次是 ${clock}，持续 ${span}。`;
  return `It has shown ${same.length === 1 ? 'once' : `${same.length} times`} before, last at ${clock} for ${span}.`;
}

/** The times a fault was there, newest first: one that only flickered counts once. */
function episodes(faults: readonly PastFault[]): PastFault[] {
  const joined: PastFault[] = [];
  for (const one of [...faults].sort((a, b) => b.until - a.until)) {
    const later = joined.findIndex((known) => known.fault === one.fault && known.since - one.until <= flickersMs);
    if (later < 0) joined.push(one);
    else joined[later] = { ...joined[later]!, since: Math.min(one.since, joined[later]!.since) };
  }
  return joined;
}
