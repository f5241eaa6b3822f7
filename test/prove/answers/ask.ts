import type { Locale } from '@wayside/protocol';
import { createRandom } from '@wayside/simulators';
import type { Passage } from '../../../edge/agent/src/knowledge/knowledge.ts';
import type { Asked } from '../../bench/understanding/answered.ts';
import { sentencesIn } from '../../bench/understanding/lies.ts';

/** How somebody may ask about what a passage says: by its title, for figures and steps, which a small model likes to make up, or by a sentence of it. */
const ways: ((title: string, sentence: string) => string)[] = [
  (title) => title,
  (title) => `What should I do about this: ${title}?`,
  (title) => `Which numbers and codes matter here: ${title}?`,
  (title) => `How do I check it step by step, and when must I stop: ${title}?`,
  (_, sentence) => `I was told: ${sentence} Is that right?`,
  (_, sentence) => `Why is that? ${sentence}`,
];

/** The nth question, the same every time: about one passage, beside two of the same pack that it is not about, in any order. */
export function askOf(n: number, pools: readonly (readonly Passage[])[], locale: Locale): Asked {
  const random = createRandom(n, 'answers');
  const pick = <T>(from: readonly T[]): T => from[Math.floor(random() * from.length)]!;
  const fits = pools.filter((pool) => pool.length > 3 && pool[0]?.locale === locale);
  // Each passage has the same chance, however large its pack.
  const about = pick(fits.flat());
  const beside = fits.find((pool) => pool.includes(about))!;
  const passages = [...new Set([about, pick(beside), pick(beside)])];
  const first = Math.floor(random() * passages.length);
  return {
    utterance: pick(ways)(about.title, pick(sentencesIn(about.text))),
    locale,
    passages: [...passages.slice(first), ...passages.slice(0, first)],
  };
}
