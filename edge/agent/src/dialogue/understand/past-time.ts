import type { ParsedResult } from 'chrono-node';
import { languageOf } from '../../knowledge/words.ts';
import type { Grammar } from '../grammar/grammar.ts';

/** A stretch of the past that a sentence names, epoch ms (`from` equals `to` for a moment), and what the sentence says besides. */
export type PastTime = { from: number; to: number; rest: string };

/**
 * Only a sentence with one of these is read for a time: the reader of dates is loaded by the first. Times are a grammar that it has for each language; what
 * stands here bends a sentence to it, and a language it does not know needs another reader, not other words.
 */
const timed = {
  en: /\b(?:ago|yesterday|today|tonight|night|morning|afternoon|evening|noon|midnight|(?:last|past|previous) [\w ]+|at \d|\d ?[ap]\.?m|o.?clock|(?:mon|tues|wednes|thurs|fri|satur|sun)day)\b/i,
  zh: /(?:秒|分钟?|小时|钟头|天|周|星期|月|年|刚|以)前|前[天晚]|昨|上个?(?:周|星期|礼拜|月)|今[天早晚日]|早上|上午|下午|晚上|中午|凌晨|[点:：]|(?:最近|过去|这).+?(?:分钟|小时|天)|(?:周|星期|礼拜)[一二三四五六日天]/,
};
/** "the last two hours", "最近半小时": up to now. */
const upToNow = {
  en: /^(?:last|past|previous)\b.*\b(?:second|minute|hour|day|week|month)s?$/i,
  zh: /^(?:最近|过去|这)(?=.+?(?:分钟|小时|天))/,
};
/** What begins with the day before and ends in the morning. */
const lastNight = /^last night$|^昨(?:天)?(?:晚上?|夜里?)$/i;
/** Parts of a day, from and to which hour they are searched. */
const partsOfDay: readonly (readonly [RegExp, number, number])[] = [
  [/morning|早|上午|凌晨/i, 0, 12],
  [/afternoon|下午/i, 12, 18],
  [/evening|tonight|晚/i, 17, 24],
];
/** What hangs on where a time was taken out of a sentence. */
const before = { en: /\b(?:in|on|at|over|during|from|since|around|about)(?: the)?\s*$/i, zh: /(?:在|从)$/ };
const after = { en: /^\s+/, zh: /^(?:的?时候|时|那时候?|左右)?(?:的)?/ };

/** Times that the reader of dates does not know, as it knows them: "one hour back", "an hour since", "before two days", "overnight". */
const many = String.raw`(?:an?|one|two|three|four|five|six|ten|half an|a couple of|\d+) (?:seconds?|minutes?|hours?|days?|weeks?)`;
const asKnown: readonly (readonly [RegExp, string])[] = [
  [new RegExp(String.raw`\b(${many}) (?:back|since|before|earlier|gone)\b`, 'gi'), '$1 ago'],
  [new RegExp(String.raw`\bbefore (${many})\b`, 'gi'), '$1 ago'],
  [/\barvo\b/gi, 'afternoon'],
  [/\b(?:the )?(?:(?:night|evening) before last|two (?:nights|evenings) ago)\b/gi, 'the day before yesterday evening'],
  [/([昨前])天?(?:夜里|夜间|半夜|夜晚)/g, '$1天晚上'],
  [/\b(?:overnight|(?:in|during|through) the night)\b/gi, 'last night'],
  [/(?:夜里|夜间|半夜|夜晚)(?<!今天?..)/g, '昨晚'],
];

/** The hour and minute of now, on another day. */
const sameHour =
  /\b(?:(?:at|around|about) )?(?:this|the same|same|that)(?: very)? time\b(?: of (?:the )?day)?|的?(?:同一?个?时[间刻候]|(?:这个?|同样的?)(?:时候|时间|点儿?|钟点)|这会儿?)/i;

const hourMs = 3_600_000;
const dayMs = 24 * hourMs;
const weekMs = 7 * dayMs;

/**
 * Finds the past time that a question is about, on the clock of this place: "an hour ago", "yesterday", "at nine", "最近半小时". Undefined where none is
 * named, or one that is yet to come.
 * @param now epoch ms
 */
export async function pastTime(text: string, now: number, grammar: Pick<Grammar, 'tells'>): Promise<PastTime | undefined> {
  const apart = sameHour.test(text) ? await stretchIn(text.replace(sameHour, ' '), now, grammar) : undefined;
  if (!apart) return stretchIn(text, now, grammar);
  const at = new Date(apart.from);
  const clock = new Date(now);
  const moment = at.setHours(clock.getHours(), clock.getMinutes(), 0, 0);
  return moment < now ? { ...apart, from: moment, to: moment } : undefined;
}

/** Whether a sentence has a word of a time at all: nearly none has, and to know it costs nothing. */
export const mayNameTime = (text: string): boolean => timed[languageOf(text)].test(asReadable(text));

/** As the reader of dates knows it. The present is no past time: "now against an hour ago". */
const asReadable = (text: string): string =>
  asKnown
    .reduce((known, [other, as]) => known.replace(other, as), text.slice(0, 200))
    .replace(/\b(?:right )?now\b|现在|目前/gi, '')
    .trim();

async function stretchIn(text: string, now: number, grammar: Pick<Grammar, 'tells'>): Promise<PastTime | undefined> {
  const language = languageOf(text);
  const said = asReadable(text);
  if (!timed[language].test(said) || grammar.tells(said, 'ahead')) return undefined;
  // 最近半小时 is to this reader what 半小时前 is. 上周 it does not know; it is the seven days until now, as "last week".
  const recent = language === 'zh' ? /(?:最近|过去|这)(.+?(?:分钟|小时|天))/.exec(said) : null;
  const lastOf = language === 'zh' ? /上个?(?:周|星期|礼拜|(月))(?![一二三四五六日天])/.exec(said) : null;
  if (lastOf) return { from: now - (lastOf[1] ? 30 : 7) * dayMs, to: now, rest: without(said, lastOf[0], language) };
  const readable = recent ? `${recent[1]!}前` : said;
  const read = language === 'zh' ? (await import('chrono-node/zh')).hans.casual : (await import('chrono-node/en')).casual;
  const [found] = read.parse(readable, new Date(now));
  if (!found) return undefined;
  const words = recent?.[0] ?? found.text;
  const stretch = stretchOf(found, words, now);
  return stretch && { ...stretch, rest: without(said, words, language) };
}

function stretchOf({ start, end }: ParsedResult, words: string, now: number): Pick<PastTime, 'from' | 'to'> | undefined {
  const at = start.date().getTime();
  const midnight = new Date(now).setHours(0, 0, 0, 0);
  if (lastNight.test(words)) return { from: midnight - 4 * hourMs, to: Math.min(midnight + 8 * hourMs, now) };
  if (upToNow.en.test(words) || upToNow.zh.test(words)) return at < now ? { from: at, to: now } : undefined;
  // A weekday or an hour that is yet to come is the last one that was.
  const back = start.isCertain('day') ? 0 : start.isCertain('weekday') ? weekMs : dayMs;
  const from = at > now ? at - back : at;
  if (end) return from < now ? { from, to: Math.min(end.date().getTime() - (at - from), now) } : undefined;
  if (start.isCertain('hour')) return from <= now ? { from, to: from } : undefined;
  const day = new Date(from).setHours(0, 0, 0, 0);
  const [, first, last] = partsOfDay.find(([names]) => names.test(words)) ?? [undefined, 0, 24];
  const begins = day + first * hourMs;
  return begins < now ? { from: begins, to: Math.min(day + last * hourMs, now) } : undefined;
}

function without(said: string, words: string, language: 'en' | 'zh'): string {
  const at = said.indexOf(words);
  const ahead = said.slice(0, at).replace(before[language], '');
  const behind = said.slice(at + words.length).replace(after[language], '');
  return `${ahead}${language === 'en' ? ' ' : ''}${behind}`.replace(/\s+/g, ' ').trim();
}
