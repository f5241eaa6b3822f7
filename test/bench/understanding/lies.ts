import type { Locale } from '@wayside/protocol';

/** What a lie is about: a number or code changed, a step invented, the meaning turned round, another passage's words under this one's name. */
export type Lie = 'number' | 'code' | 'step' | 'turned' | 'source';

export const sentencesIn = (text: string): string[] =>
  (text.replace(/^[#>*\d.\s-]+/gm, '').match(/[^。！？.!?\n]*(?:\.(?=\d)[^。！？.!?\n]*)*[。！？.!?]+/g) ?? [])
    .map((one) => one.trim())
    .filter((one) => one.length > 12);

const steps: Record<Locale, string[]> = {
  en: [
    'Remove fuse F17 and wait.',
    'Tighten the union nut with the big spanner.',
    'Pour vinegar into the overflow.',
    'Disconnect the yellow wire behind the cover.',
  ],
  zh: ['拔掉F17保险丝再等一会儿。', '用大扳手拧紧锁紧螺母。', '往溢水口里倒入白醋。', '断开盖板后面的黄色导线。'],
};
const turns: [RegExp, string][] = [
  [/\bdo not\b/i, 'do'],
  [/\bmust not\b/i, 'must'],
  [/\bis not\b/i, 'is'],
  [/\babove\b/i, 'below'],
  [/\bopen\b/i, 'close'],
  [/\bmust\b/i, 'must not'],
  [/不要|请勿|切勿/, '请'],
  [/高于/, '低于'],
  [/打开/, '关闭'],
];

/** A sentence that the passage of `truth` does not say; undefined where this kind of lie cannot be made of it. */
export function lieAbout(kind: Lie, truth: string, other: string, locale: Locale, random: () => number): string | undefined {
  switch (kind) {
    case 'number': {
      const by = 2 + Math.floor(random() * 7);
      return /\d/.test(truth)
        ? truth.replace(/\d+(?:\.\d+)?/, (number) => String(Number((Number(number) * by + 1).toFixed(2))))
        : undefined;
    }
    case 'code': {
      const code = `P0${Math.floor(100 + random() * 899)}`;
      return locale === 'zh' ? truth.replace(/[。！？.!?]+$/, `，故障码为${code}。`) : truth.replace(/[.!?]+$/, `, with code ${code}.`);
    }
    case 'step':
      return steps[locale][Math.floor(random() * steps[locale].length)];
    case 'turned': {
      const turn = turns.find(([from]) => from.test(truth));
      return turn && truth.replace(turn[0], turn[1]);
    }
    case 'source':
      return sentencesIn(other)[0];
  }
}
