import { spokenForm } from '../../../models/src/speech/spoken-form.ts';

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
