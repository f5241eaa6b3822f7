import { codes, figures } from './figures.ts';
import type { Claim, Draft, Offered } from './generator.ts';
import { contentWords, normalise, sentences, type Word } from './words.ts';

export type DropReason = 'not-offered' | 'says-nothing' | 'number' | 'code' | 'negation' | 'opposite' | 'overlap';
export type Dropped = Claim & { reason: DropReason; detail?: string };
export type Grounded = { kept: Claim[]; dropped: Dropped[] };

/** How much of a claim's content must occur in the passage it cites. Chinese pairs cross word borders, so fewer of them recur. */
const neededOverlap = { latin: 0.7, han: 0.55 };

/** Words that turn a true sentence false when one stands for the other. A claim with one side needs a passage with that side. */
const opposites: [RegExp, RegExp][] = [
  [
    /\b(above|over|exceeds?|more than|higher|at least)\b|高于|超过|大于|以上/,
    /\b(below|under|less than|lower|at most)\b|低于|小于|少于|以下/,
  ],
  [/\b(increas\w*|rais\w*|rise[sn]?|rising)\b|增加|升高|提高|上升/, /\b(decreas\w*|reduc\w*|lower\w*|drop\w*|fall\w*)\b|减少|降低|下降/],
  [/\bopen\w*|打开|开启/, /\bclos(e|ed|es|ing)\b|\bshut\b|关闭|关上/],
  [/\b(switch|turn|power)\w* (it |them )?on\b|接通|启动/, /\b(switch|turn|power)\w* (it |them )?off\b|断开|关机|熄火/],
  [/\bsafe(ly)?\b|安全/, /\b(unsafe|dangerous|hazard\w*)\b|危险/],
  [/\bleft\b|左/, /\bright\b|右/],
  [/\b(before|prior to)\b|之前/, /\bafter\b|之后/],
  [/\bclockwise\b|(?<!逆)顺时针/, /\b(anti|counter-?)clockwise\b|逆时针/],
  [/\bhot\b|热/, /\bcold\b|冷/],
];

const negator =
  /\b(not|no|never|without|cannot|nor|neither|avoid|stop|\w+n't|unsafe|unable)\b|不(?!同|锈|足|均|平|正常|稳|断|仅|但)|没有|没|无(?!线)|勿|别(?!的)|禁止|避免|未(?!来)|停止/g;

/** Does a text say no? To stop something is no denial (停车 has none), nor is a question (有没有) or 无论. */
export const isNegated = (text: string): boolean =>
  [...normalise(text.replace(/(\p{Script=Han})[不没]\1|有没有|无论/gu, '')).matchAll(negator)].some(
    ([word]) => word !== 'stop' && word !== '停止',
  );

/** Content words under a negation: the next three in English, the next few characters in Chinese, never past punctuation. */
function negated(text: string, words: Word[]): Set<string> {
  const clean = normalise(text);
  const under = new Set<string>();
  for (const match of clean.matchAll(negator)) {
    const from = match.index + match[0].length;
    const clauseEnd = clean.slice(from).search(/[.,;:!?，。；：！？、]|\b(but|until|unless|because|if)\b|但|直到|除非/);
    const to = clauseEnd < 0 ? clean.length : from + clauseEnd;
    const isHan = /\p{Script=Han}/u.test(match[0]);
    const within = words.filter((word) => word.at >= from && word.at < to && (!isHan || word.at < from + 5));
    for (const word of isHan ? within : within.slice(0, 3)) under.add(word.stem);
    if (/^un(?=safe|able)/.test(match[0])) under.add(match[0].slice(2).replace(/e$/, ''));
  }
  return under;
}

/** `unsafe` says `safe`, negated; without this the two would look like unrelated words. */
const readable = (text: string) => normalise(text).replace(/\bun(safe|able)\b/g, 'not $1');

function share(claim: Word[], passage: Set<string>): number {
  const said = new Set(claim.map((word) => word.stem));
  return said.intersection(passage).size / said.size;
}

function wrongNumber(claim: string, passage: string): string | undefined {
  const known = figures(passage);
  for (const said of figures(claim)) {
    const same = known.filter((figure) => figure.number === said.number);
    if (same.length === 0) return said.number;
    if (said.unit !== undefined && same.every((figure) => figure.unit !== undefined && figure.unit !== said.unit))
      return `${said.number} ${said.unit}`;
  }
  return undefined;
}

/** The sentence that shares most words with a claim. */
function nearestSentence(words: Word[], passage: string[]): string {
  const shares = passage.map((sentence) => share(words, new Set(contentWords(sentence).map((word) => word.stem))));
  return passage[shares.indexOf(Math.max(...shares))] ?? '';
}

function wrongPolarity(claim: string, words: Word[], passage: string[]): string | undefined {
  const claimNegated = negated(claim, words);
  let best: { share: number; differs: string | undefined } = { share: 0, differs: undefined };
  for (const sentence of passage) {
    const own = contentWords(sentence);
    const stems = new Set(own.map((word) => word.stem));
    const overlap = share(words, stems);
    if (overlap <= best.share) continue;
    const sentenceNegated = negated(sentence, own);
    best = {
      share: overlap,
      differs: words.find((word) => stems.has(word.stem) && claimNegated.has(word.stem) !== sentenceNegated.has(word.stem))?.stem,
    };
  }
  return best.differs;
}

function fault(claim: Claim, offered: Offered): { reason: DropReason; detail?: string } | undefined {
  const source = offered.passages.find((passage) => passage.id === claim.cite);
  if (!source) return { reason: 'not-offered', detail: claim.cite };
  const text = readable(claim.text);
  const passage = readable(source.text);
  const words = contentWords(text);
  if (words.length === 0 || /[?？]$/.test(text)) return { reason: 'says-nothing' };

  const number = wrongNumber(text, passage);
  if (number !== undefined) return { reason: 'number', detail: number };
  const knownCodes = new Set(codes(passage));
  const code = codes(text).find((one) => !knownCodes.has(one));
  if (code !== undefined) return { reason: 'code', detail: code.toUpperCase() };

  const stems = new Set(contentWords(passage).map((word) => word.stem));
  const han = words.filter((word) => /\p{Script=Han}/u.test(word.stem)).length > words.length / 2;
  if (share(words, stems) < (han ? neededOverlap.han : neededOverlap.latin)) return { reason: 'overlap' };

  // A passage may hold both sides; then the sentence that is most like the claim tells which one belongs there.
  const nearest = nearestSentence(words, sentences(source.text).map(readable));
  for (const [one, other] of opposites) {
    for (const [said, contrary] of [
      [one, other],
      [other, one],
    ] as const) {
      if (said.test(text) && [passage, nearest].some((source) => !said.test(source) && contrary.test(source)))
        return { reason: 'opposite', detail: said.exec(text)![0] };
    }
  }
  const polarity = wrongPolarity(text, words, sentences(source.text).map(readable));
  if (polarity !== undefined) return { reason: 'negation', detail: polarity };
  return undefined;
}

/** Whether a claim only says back what was asked, which a small model does when it knows no answer. */
function repeats(claim: string, asked: string): boolean {
  const [said, heard] = [claim, asked].map(
    (text) =>
      new Set([...contentWords(readable(text)).map((word) => word.stem), ...codes(text), ...figures(text).map((one) => one.number)]),
  );
  return said!.isSubsetOf(heard!);
}

/** A claim of several sentences as several claims, so that a true one does not carry an invented one along. */
const apart = (claim: Claim): Claim[] => sentences(claim.text).map((text) => ({ text, cite: claim.cite }));

/**
 * Keeps of a draft only the claims that rest on what was offered: the cited passage is there, every number (with its
 * unit) and every code of the claim occurs in it, most of its content words do too, and no negation or opposite was
 * turned round. Each sentence of a claim is judged for itself. Pure and fast. A draft that is no answer has nothing to keep or drop.
 *
 * With `asked`, a claim that only repeats the question is dropped as well.
 *
 * It is a check on words, not on meaning: it lets a clumsy sentence pass and may drop a good paraphrase, in which
 * case the extractive answer stands.
 */
export function ground(draft: Draft, offered: Offered, asked = ''): Grounded {
  const kept: Claim[] = [];
  const dropped: Dropped[] = [];
  for (const claim of draft.kind === 'answer' ? draft.claims.flatMap(apart) : []) {
    const found = fault(claim, offered) ?? (repeats(claim.text, asked) ? { reason: 'says-nothing' as const } : undefined);
    if (found) dropped.push({ ...claim, ...found });
    else kept.push(claim);
  }
  return { kept, dropped };
}
