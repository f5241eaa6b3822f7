import { type Claim, type Generator, ground } from '@wayside/models';
import type { Locale } from '@wayside/protocol';
import type { Passage } from '../../knowledge/knowledge.ts';
import { wordsOf } from '../../knowledge/words.ts';

/** A generated answer is worth waiting for only this long; after it the extractive answer stands. */
const deadlineMs = 8_000;
/**
 * And only this long for its first sentence: a machine that is busy enough to need longer seldom gets to its end in time, and the passage is there already.
 * On a quiet one a whole answer takes two seconds (docs/benchmarks/turns.md).
 */
export const firstSentenceMs = 4_000;

/**
 * From this share of matched content on the article's own sentences stand and no model is asked. Measured twice: where one sentence
 * answers, the sentence itself is right more often than what a small model makes of it (English 96 % against 88 % and 71 %, models/README.md);
 * and in the packs' own article questions the best passage is the right one for all 46 of 86 that match this well. Below it a question and its
 * article use different words, and that is where a model can find the sentence that the shared words do not.
 */
export const fitsWellFrom = 0.8;

export type Rephrasing = {
  utterance: string;
  /** Whether it asks: to who tells of a noise, the passage that was found is more than what a model finds to answer. */
  asks: boolean;
  locale: Locale;
  /** What was found, best first. */
  passages: readonly Passage[];
  /** Whether an answer may be said as it is, asked of each longer beginning of it. False leaves its last sentence out. */
  maySay?: (text: string, cited: readonly Passage[]) => boolean;
  /** Called with each further piece of the answer, which by then is judged: the pieces so far are how the answer begins. */
  onToken?: (text: string) => void;
};

/**
 * Lets the generator phrase an answer from passages that were found, where it can be better than the passage itself (`fitsWellFrom`) and
 * speaks the language. A sentence is heard only once it is complete and rests on what was offered; nothing that was heard is taken back,
 * not even when the generator breaks off.
 * @returns the text and the passages it cites, or undefined when the extractive answer must stand
 */
export async function rephrase(generator: Generator, ask: Rephrasing): Promise<{ text: string; cited: Passage[] } | undefined> {
  const { utterance, asks, locale, passages, maySay, onToken } = ask;
  const best = passages[0];
  if (!asks || !best || best.matched >= fitsWellFrom || best.locale !== locale) return undefined;
  if (!generator.stats().languages.includes(locale)) return undefined;
  const offered = { passages: passages.map(({ id, title, text }) => ({ id, text: `${title}. ${text}` })), questions: [], actions: [] };

  const said: Claim[] = [];
  let answer = '';
  let told = 0;
  function take(claim: Claim): void {
    told++;
    for (const { text, cite } of ground({ kind: 'answer', claims: [claim] }, offered, utterance).kept) {
      if (saysNothing(text, cite, said, passages)) continue;
      const further = `${answer && locale !== 'zh' ? ' ' : ''}${text}`;
      const cites = new Set([...said.map((one) => one.cite), cite]);
      const cited = passages.filter(({ id }) => cites.has(id));
      if (maySay?.(answer + further, cited) === false) continue;
      said.push({ text, cite });
      answer += further;
      onToken?.(further);
    }
  }

  const patience = new AbortController();
  const timer = setTimeout(() => said.length === 0 && patience.abort(), firstSentenceMs);
  const generated = await generator.generate({ utterance, locale, offered, deadlineMs, signal: patience.signal, onClaim: take });
  clearTimeout(timer);
  // What a generator did not tell of on the way is judged now.
  if (generated.kind === 'draft' && generated.draft.kind === 'answer') generated.draft.claims.slice(told).forEach(take);
  if (said.length === 0) return undefined;
  return { text: answer, cited: passages.filter(({ id }) => said.some(({ cite }) => cite === id)) };
}

/** From this share of words in common on, a sentence says again what another said. */
const sameFrom = 0.75;

/** A small model repeats itself in other words, or gives a title for an answer: neither tells anybody anything. */
function saysNothing(text: string, cite: string, said: readonly Claim[], passages: readonly Passage[]): boolean {
  const words = new Set(wordsOf(text));
  const shared = (other: string) => wordsOf(other).filter((word) => words.has(word)).length / Math.max(1, words.size);
  const cited = passages.find(({ id }) => id === cite);
  return said.some((one) => shared(one.text) >= sameFrom) || (cited !== undefined && shared(cited.title) >= sameFrom);
}
