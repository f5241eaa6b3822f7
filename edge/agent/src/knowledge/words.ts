import type { Locale } from '@wayside/protocol';

/** Words that occur in every question, so finding them proves nothing. */
const stopEnglish = new Set(
  (
    'a an and are as at be been being but by can could did do does for from had has have he her his how i if in into is it its me may might more most must my of on or our ' +
    'she should so some such than that the their them then there these they this to too up us was we were what when where which while who why will with would you your ' +
    'please just also very about after before not no never now still tell mean means get got go going want need know im ive dont doesnt isnt cant wont whats thing things came come'
  ).split(' '),
);
const stopChinese = new Set(
  (
    '的 了 是 在 和 与 或 也 就 都 而 及 把 被 让 请 吗 呢 吧 啊 这 那 你 我 他 它 们 我们 你们 它们 什么 怎么 怎么样 怎样 如何 为什么 哪 哪里 哪些 能 可以 会 要 应该 需要 该 有 没有 没 不 很 还 又 再 ' +
    '请问 一下 这个 那个 一个 吗 多少 几 时候 时 上 下 里 后 前 着 过 给 对 从 到 向 于 并 且 但 如果 因为 所以 是不是 会不会 能不能 要不要 有没有 怎么办 怎么了 怎么回事 办 意思 样 今天 明天'
  ).split(' '),
);

/** Made when first needed: it brings a dictionary into memory. */
let segmenter: Intl.Segmenter | undefined;

/**
 * The words by which a text is found, in order, stop words left out: English stemmed lightly; Chinese segmented (Intl.Segmenter), and
 * each longer word also by its character pairs, because the segmenter cuts a word differently in different company
 * (Nie, Gao, Zhang & Zhou, "On the use of words and n-grams for Chinese information retrieval", IRAL 2000).
 * Only letters, digits and Han characters come out, so a word can never be query syntax.
 */
export function wordsOf(text: string): string[] {
  const words: string[] = [];
  const clean = text.normalize('NFKC').toLowerCase().replace(/['’]/g, '');
  for (const [run] of clean.matchAll(/\p{Script=Han}+|[[\p{L}\p{N}]--\p{Script=Han}]+/gv)) {
    if (/\p{Script=Han}/u.test(run)) words.push(...chineseWords(run));
    else if (!stopEnglish.has(run) && run.length <= 40) words.push(stem(run));
  }
  return words;
}

function chineseWords(run: string): string[] {
  const words: string[] = [];
  segmenter ??= new Intl.Segmenter('zh', { granularity: 'word' });
  for (const { segment } of segmenter.segment(run)) {
    if (stopChinese.has(segment)) continue;
    const chars = [...segment];
    words.push(segment);
    if (chars.length > 2) for (let i = 0; i + 1 < chars.length; i++) words.push(chars[i]! + chars[i + 1]!);
  }
  return words;
}

/** English stemming, lite: `shaking` and `shakes`, `batteries` and `battery` are one. The same rules on both sides matter more than the right stem. */
export function stem(word: string): string {
  if (/\d/.test(word) || !/^[a-z]+$/.test(word)) return word;
  let root = word;
  if (root.length > 4)
    root = root
      .replace(/ies$/, 'y')
      .replace(/(?<=[sxz]|ch|sh)es$/, '')
      .replace(/(?<=[^su])s$/, '')
      .replace(/(?<=.{3})(?:ing|ed)$/, '')
      .replace(/(?<=.{3})ly$/, '');
  else root = root.replace(/(?<=.{2}[^su])s$/, '');
  if (root.length > 3) root = root.replace(/([bdfgklmnprt])\1$/, '$1').replace(/e$/, '');
  return root;
}

/** The language a text is written in, by its script. */
export const languageOf = (text: string): Locale => (/\p{Script=Han}/u.test(text) ? 'zh' : 'en');
