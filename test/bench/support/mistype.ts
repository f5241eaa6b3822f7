import type { Random } from '../diagnosis/random.ts';

/** How many words of a sentence go wrong under a thumb. */
const perWord = 0.12;
/** Characters a Chinese input method offers for the same sounds, often taken for each other. */
const sameSound: Record<string, string> = {
  的: '得',
  在: '再',
  吗: '嘛',
  坐: '做',
  做: '作',
  已: '以',
  像: '象',
  那: '哪',
  它: '他',
  是: '事',
};

/** A sentence as a thumb in a hurry types it: letters swapped, dropped or doubled in longer words, capitals and marks left out. */
export function mistype(text: string, random: Random): string {
  const words = text.toLowerCase().replace(/['’]/g, '').split(' ');
  const typed = words.map((word) => (word.length > 3 && /^[a-z]/.test(word) && random.chance(perWord) ? slip(word, random) : word));
  return Array.from(typed.join(' '), (one) => (sameSound[one] && random.chance(perWord) ? sameSound[one] : one)).join('');
}

function slip(word: string, random: Random): string {
  const at = 1 + Math.floor(random.between(0, word.length - 2));
  const [before, one, next, after] = [word.slice(0, at), word[at]!, word[at + 1] ?? '', word.slice(at + 2)];
  return random.pick([`${before}${next}${one}${after}`, `${before}${next}${after}`, `${before}${one}${one}${next}${after}`]);
}
