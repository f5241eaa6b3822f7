/** Words that tell a mood, −1 to 1. Short on purpose: each can be read and argued with. */
const english: Record<string, number> = {
  angry: -0.8,
  furious: -1,
  annoyed: -0.6,
  annoying: -0.6,
  frustrated: -0.7,
  frustrating: -0.7,
  ridiculous: -0.7,
  useless: -0.8,
  pointless: -0.6,
  terrible: -0.7,
  horrible: -0.7,
  awful: -0.7,
  stupid: -0.8,
  idiot: -0.9,
  idiotic: -0.9,
  hate: -0.7,
  crap: -0.8,
  damn: -0.6,
  hell: -0.5,
  shit: -0.9,
  fuck: -1,
  fucking: -1,
  bloody: -0.6,
  nonsense: -0.6,
  joke: -0.3,
  worst: -0.7,
  rubbish: -0.7,
  garbage: -0.7,
  unacceptable: -0.8,
  'fed up': -0.8,
  'sick of': -0.8,
  'waste of time': -0.8,
  'not helpful': -0.6,
  'give up': -0.6,
  'had enough': -0.7,
  scared: -0.6,
  afraid: -0.6,
  worried: -0.5,
  panic: -0.7,
  terrified: -0.8,
  nervous: -0.4,
  anxious: -0.5,
  urgent: -0.3,
  emergency: -0.4,
  help: -0.1,
  again: -0.15,
  'still not': -0.35,
  'yet again': -0.4,
  'third time': -0.5,
  freezing: -0.4,
  desperate: -0.7,
  disappointed: -0.6,
  upset: -0.6,
  thanks: 0.4,
  'thank you': 0.5,
  great: 0.5,
  perfect: 0.6,
  excellent: 0.6,
  good: 0.3,
  nice: 0.4,
  helpful: 0.5,
  awesome: 0.6,
  love: 0.5,
  wonderful: 0.6,
  works: 0.3,
  solved: 0.4,
  relieved: 0.5,
};
const chinese: Record<string, number> = {
  生气: -0.8,
  气死: -0.9,
  烦死: -0.8,
  烦人: -0.6,
  真烦: -0.6,
  太烦: -0.6,
  垃圾: -0.8,
  没用: -0.4,
  废物: -0.9,
  破东西: -0.7,
  什么破: -0.8,
  坑人: -0.8,
  骗人: -0.7,
  受不了: -0.8,
  忍不了: -0.8,
  离谱: -0.7,
  荒唐: -0.7,
  可恶: -0.8,
  讨厌: -0.6,
  差劲: -0.7,
  太差: -0.7,
  失望: -0.6,
  投诉: -0.7,
  妈的: -1,
  他妈: -1,
  操: -0.6,
  滚: -0.8,
  傻: -0.6,
  白痴: -0.9,
  浪费时间: -0.8,
  搞什么: -0.6,
  害怕: -0.6,
  担心: -0.4,
  好怕: -0.6,
  吓: -0.5,
  着急: -0.5,
  急死: -0.7,
  崩溃: -0.8,
  慌: -0.5,
  冻死: -0.5,
  又坏: -0.4,
  又来: -0.4,
  还是不行: -0.35,
  第三次: -0.4,
  到底: -0.25,
  救命: -0.5,
  谢谢: 0.5,
  感谢: 0.5,
  太好了: 0.6,
  很好: 0.4,
  不错: 0.4,
  真棒: 0.6,
  有用: 0.4,
  厉害: 0.5,
  完美: 0.6,
  修好了: 0.5,
  解决了: 0.4,
  放心: 0.4,
  喜欢: 0.4,
};
const opposite = /(?:\b(?:not|never|isnt|no|dont|doesnt|wasnt)\s+(?:\w+\s+)?|[不没])$/;
const latin = new RegExp(
  `(?<![a-z])(${Object.keys(english)
    .sort((a, b) => b.length - a.length)
    .join('|')})(?![a-z])`,
  'g',
);
const han = new RegExp(
  Object.keys(chinese)
    .sort((a, b) => b.length - a.length)
    .join('|'),
  'g',
);

/**
 * How a sentence sounds, −1 (very upset) to 1 (pleased), 0 when it says nothing about it.
 *
 * This is a lexicon of about a hundred words in two languages, with capitals, exclamation marks and repetition as signs of trouble. It sees
 * neither irony nor context and was not measured on a public set; it is there so that policies have a number to look at, and a model takes its
 * place. Nothing it says is stored beyond the session's own state.
 * @param before what the same person said lately, to notice that they have to say it again
 */
export function sentimentOf(text: string, before: readonly string[] = []): number {
  const plain = text.slice(0, 2_000).normalize('NFKC').toLowerCase().replace(/['’]/g, '');
  let sum = 0;
  for (const [words, pattern] of [
    [english, latin],
    [chinese, han],
  ] as const) {
    for (const match of plain.matchAll(pattern)) {
      const turned = opposite.test(plain.slice(Math.max(0, match.index - 16), match.index));
      const weight = words[match[0]]!;
      // "Not good" is bad, but "not angry" is not glad.
      sum += turned ? (weight > 0 ? -weight : 0) : weight;
    }
  }
  const letters = text.replace(/[^\p{L}]/gu, '');
  const shouted = letters.replace(/[^A-Z]/g, '').length;
  if (letters.length >= 8 && shouted / letters.length > 0.7) sum -= 0.4;
  if (/[!！?？]{2,}/.test(text)) sum -= sum > 0 ? -0.1 : 0.25;
  if (before.some((one) => one === plain.trim()) && plain.trim().length > 3) sum -= 0.25;
  return Math.max(-1, Math.min(1, Number(sum.toFixed(2))));
}

/** Where the mood is going: the mean of the last two against the mean of those before, −2 to 2; undefined while too little was said. */
export function trendOf(sentiments: readonly number[]): number | undefined {
  if (sentiments.length < 3) return undefined;
  const mean = (of: readonly number[]) => of.reduce((a, b) => a + b, 0) / of.length;
  return Number((mean(sentiments.slice(-2)) - mean(sentiments.slice(0, -2))).toFixed(2));
}
