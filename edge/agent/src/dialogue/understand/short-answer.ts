import type { Cue } from '@wayside/packs';
import type { Grammar } from '../grammar/grammar.ts';
import { hasHan, normalise } from '../grammar/sentence.ts';

/** What a short reply means to whoever has just asked or told something. */
export type ShortAnswer = 'yes' | 'no' | 'unsure' | 'done' | 'failed' | 'act';
export type Cues = Pick<Grammar, 'told' | 'tells' | 'madeOf'>;

/** Longer than this, or a question back, and it is no short answer any more. */
const longest = { en: 9, zh: 16 } as const;
const longestYes = 60;
/** Where a first clause ends: at a mark, and behind a Han character at a space as well. */
const ends = /[\s,.!?;，。！？、；…]*[,.!?;，。！？、；…\n]|(?<=\p{Script=Han})\s/u;

/**
 * Reads a short reply by its first word and its turn of phrase, where no template knows the sentence: "yeah, now that you say it", "no luck,
 * it's the same as before", "这步弄完了". Only for somebody who was asked or told to do something; a bare yes means nothing else.
 * @returns undefined for what is long, asks back, or says both
 */
export function shortAnswer(text: string, grammar: Cues): ShortAnswer | undefined {
  const script = hasHan(text) ? 'zh' : 'en';
  const said = normalise(text, script);
  const size = script === 'zh' ? [...said].length : said.split(' ').length;
  if (said === '' || size > longest[script]) return undefined;
  const replies = (part: string) => new Set(grammar.told(part, 'reply').map(({ slots }) => slots.reply));
  const whole = replies(text);
  // "Can you do that for me?" is no question.
  if (whole.has('act')) return 'act';
  if (asks(text) || grammar.tells(text, 'asks-back')) return undefined;
  if (whole.has('unsure')) return 'unsure';
  if (whole.has('failed')) return 'failed';
  if (grammar.tells(text, 'hedges')) return undefined;
  // "No, it is loud" is a no; "no heat" is none.
  const first = replies(text.trim().split(ends, 1)[0]!);
  if (first.has('no')) return 'no';
  if (whole.has('done')) return 'done';
  return first.has('yes') || plainYes(text, grammar) ? 'yes' : undefined;
}

const asks = (text: string) => /[?？]/.test(text);
const nothingBut = (cue: Cue) => (text: string, grammar: Cues) => !asks(text) && grammar.madeOf(text, cue);

/** "All right", "好的": it was heard, and answers no question about what somebody sees or hears. */
export const onlyHeeds = nothingBut('heeds');

/** A yes with nothing beside it: what a machine is moved by. Every word of it must agree, since what is not understood may be a condition. */
export const plainYes = (text: string, grammar: Cues): boolean =>
  text.length <= longestYes &&
  nothingBut('assent')(text, grammar) &&
  grammar.told(text, 'assent').some(({ slots }) => slots.says === 'yes');
