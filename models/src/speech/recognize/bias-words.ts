/** Whole numbers that are one word in English, in the order of their value. */
const small =
  'zero one two three four five six seven eight nine ten eleven twelve thirteen fourteen fifteen sixteen seventeen eighteen nineteen'.split(
    ' ',
  );
const tens = 'twenty thirty forty fifty sixty seventy eighty ninety'.split(' ');
const digitsOf = new Map([
  ...small.map((word, value): [string, string] => [word, String(value)]),
  ...tens.map((word, n): [string, string] => [word, String((n + 2) * 10)]),
]);
const wordOf = new Map([...digitsOf].map(([word, digits]) => [digits, word]));

/** The words of a text, without what stands between them. */
export const wordsOf = (text: string): string[] => text.replaceAll('’', "'").match(/[\p{L}\p{N}]+(?:'\p{L}+)*|%/gu) ?? [];

/** What a word counts as, however it is written: "Twelve" and "12" are one. */
export function keyOf(word: string): string {
  const lower = word.toLowerCase();
  return lower === '%' ? 'percent' : (digitsOf.get(lower) ?? lower);
}

/** The ways a recognizer may write a word: as a name, at the beginning of a sentence, a number in digits. */
export function writingsOf(word: string): string[] {
  const lower = word.toLowerCase();
  const digits = digitsOf.get(lower);
  const forms = [word, lower, wordOf.get(lower) ?? lower, ...(digits ? [digits] : [])];
  return [...new Set(forms.flatMap((form) => [form, form.charAt(0).toUpperCase() + form.slice(1)]))];
}
