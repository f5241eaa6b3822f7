/** Words that carry no claim of their own, so sharing them proves nothing. */
const stopWords = new Set(
  (
    'a an and are as at be been being but by can could did do does for from had has have he her his how i if in into is it its ' +
    'may me might more most must my of on or our she should so some such than that the their them then there these they this to too ' +
    'up us was we were what when where which while who why will with would you your yes please just also very about after before ' +
    'not no never without cannot dont doesnt isnt arent wont cant shouldnt mustnt didnt wasnt'
  ).split(' '),
);

/** Function characters of Chinese; a pair that touches one carries little meaning. */
const stopHan = new Set(
  '的了是在和与或也就都而及把被让请吗呢吧啊这那您你我他它们其会能可以要应该需将当若如果因为所时候着过给对从到向于并且但还很再有不没无勿别未',
);

/** One form for what a reader sees as one: full-width digits, ligatures, curly quotes, case, grouped thousands. */
export function normalise(text: string): string {
  return text
    .normalize('NFKC')
    .toLowerCase()
    .replace(/[’‘`]/g, "'")
    .replace(/[−–—]/g, '-')
    .replace(/(?<=\d)[,\u00a0\u2009'](?=\d{3}(?!\d))/g, '');
}

/** English stemming, lite: enough to see `shaking` and `shakes` as one, cheap enough to run on every turn. */
export function stem(word: string): string {
  let root = word.replace(/'s?$/, '');
  if (root.length > 4) {
    root = root
      .replace(/ies$/, 'y')
      .replace(/(?<=[sxz]|ch|sh)es$/, '')
      .replace(/(?<=[^su])s$/, '')
      .replace(/(?<=.{3})(?:ing|ed)$/, '')
      .replace(/(?<=.{3})ly$/, '');
  }
  if (root.length > 3) root = root.replace(/([bdfgklmnprt])\1$/, '$1').replace(/e$/, '');
  return root;
}

/** A content word (English stem or pair of Chinese characters) and where it stands in the normalised text. */
export type Word = { stem: string; at: number };

/**
 * The content words of a text, in order. Chinese goes by overlapping character pairs: it needs no dictionary and
 * is as good as a segmenter for matching short texts (Nie, Gao, Zhang & Zhou, "On the use of words and n-grams for
 * Chinese information retrieval", IRAL 2000). Numbers and codes are not words; see `figures`.
 */
export function contentWords(text: string): Word[] {
  const clean = normalise(text);
  const words: Word[] = [];
  for (const match of clean.matchAll(/[a-z][a-z']+(?![a-z'\d])|\p{Script=Han}{2,}/gu)) {
    const run = match[0];
    if (/^[a-z]/.test(run)) {
      if (!stopWords.has(run.replaceAll("'", ''))) words.push({ stem: stem(run), at: match.index });
      continue;
    }
    const han = [...run];
    for (let i = 0; i + 1 < han.length; i++) {
      const [a, b] = [han[i]!, han[i + 1]!];
      if (!stopHan.has(a) && !stopHan.has(b)) words.push({ stem: a + b, at: match.index + i });
    }
  }
  return words;
}

/** The sentences of a text, trimmed. `3.5`, `e.g.` and `P0301.` at a line's end do not split wrongly. */
export function sentences(text: string): string[] {
  return text
    .split(/(?<=[。！？；])|(?<=[.!?])\s+(?=["'(]?[A-Z\d\p{Script=Han}])|\n+/u)
    .map((sentence) => sentence.trim())
    .filter((sentence) => sentence.length > 0);
}
