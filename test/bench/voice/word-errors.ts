import { pinyin } from 'pinyin-pro';
import { spokenForm } from '../../../models/src/speech/spoken-form/spoken-form.ts';

/** The same word as others spell it; a recognizer chooses one, and that is no error of who spoke. */
const spellings: Record<string, string> = {
  tyre: 'tire',
  tyres: 'tires',
  metre: 'meter',
  metres: 'meters',
  litre: 'liter',
  litres: 'liters',
  colour: 'color',
  grey: 'gray',
  okay: 'ok',
  centre: 'center',
};

/** The words of a sentence, however it writes its numbers. */
export const wordsOf = (text: string): string[] =>
  (
    spokenForm(text, 'en')
      .toLowerCase()
      .replaceAll('’', "'")
      .match(/[a-z']+/g) ?? []
  ).map((word) => spellings[word] ?? word);

/** The syllables of a Chinese sentence without their tones, and its letters: which character a recognizer chooses for a sound is no error of who spoke. */
export const syllablesOf = (text: string): string[] =>
  (
    spokenForm(text, 'zh')
      .replaceAll('幺', '一')
      .match(/\p{Script=Han}+|[A-Za-z]/gu) ?? []
  ).flatMap((part) => (/[A-Za-z]/.test(part) ? part.toLowerCase() : pinyin(part, { type: 'array', toneType: 'none', v: true })));

/** How many words were lost, added or changed between what was said and what was heard (Levenshtein). */
export function wordErrors(said: readonly string[], heard: readonly string[]): number {
  let row = Array.from({ length: heard.length + 1 }, (_, at) => at);
  for (const [s, word] of said.entries()) {
    const next = [s + 1];
    for (const [h, other] of heard.entries()) next.push(Math.min(row[h]! + (word === other ? 0 : 1), row[h + 1]! + 1, next[h]! + 1));
    row = next;
  }
  return row.at(-1)!;
}
