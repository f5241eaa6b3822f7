import type { Locale } from '@wayside/protocol';

/** How long a pause ends a turn, in milliseconds, by where the sentence stands in it. */
export const pauses = { complete: 480, unknown: 700, open: 1500, hesitating: 1900 } as const;

const endings: Record<Locale, { hesitating: RegExp; open: RegExp; complete: RegExp }> = {
  en: {
    hesitating: /(^|\s)(u+h+m*|u+m+|e+r+m*|hm+|mm+|well|so|like|you know|let me (see|think)|wait)$/,
    // Words after which English goes on. "on", "off", "up" and their like end many an order ("turn it on"), so they are not among them.
    open: /(^|\s)(and|or|but|because|if|when|while|since|that|than|then|which|who|the|a|an|my|your|our|its|his|her|their|this|these|those|of|to|at|from|with|for|by|into|about|between|is|are|was|were|am|be|do|does|did|can|could|will|would|should|have|has|had|i|i'm|we|they|it's|there's|very|not|set|please|code)$/,
    complete: /^(yes|no|yeah|yep|nope|stop|cancel|help|okay|ok|thanks|thank you|repeat|next|done|hello|hi|bye)$/,
  },
  zh: {
    hesitating: /(嗯|呃|额|那个|这个|就是|怎么说|我想想|等一下)$/,
    open: /(和|跟|与|或|或者|还是|但是|可是|因为|所以|如果|要是|然后|还有|而且|把|被|给|在|到|从|对|向|往|比|的|地|得|我|你|他|是|有|要|想|能|会|应该|请|设成|调到|代码)$/,
    complete: /(吗|呢|吧|了|啊|呀|嘛|么|没有|怎么办|怎么回事|为什么|多少|谢谢|好的?|是的|不是|不用|停|取消|再见)$/,
  },
};

const word = /[\p{L}\p{N}'’]+/gu;
const single = /^(\d|[a-z]|zero|oh|one|two|three|four|five|six|seven|eight|nine|niner|[零〇一二三四五六七八九幺])$/;
const codeParts = 5;

/** How many letters and digits said one by one the sentence ends in: "p zero three" ends in three. */
function spelledAtEnd(words: readonly string[]): number {
  const back = words.findLastIndex((one) => !single.test(one) && !/^[a-z]?\d{2,}$/.test(one));
  return words
    .slice(back + 1)
    .map((one) => (/\d{2,}$/.test(one) ? one.length : 1))
    .reduce((sum, one) => sum + one, 0);
}

/**
 * How long to wait in a pause before the turn is taken for ended, in milliseconds, from what was written down so far: short where the sentence
 * may end, long where it cannot ("and", "the", a code that lacks digits, a hesitation). `undefined`: nothing is known of the words.
 */
export function pauseAfter(text: string | undefined, locale: Locale): number {
  if (text === undefined) return pauses.unknown;
  const said = text.trim().toLowerCase();
  if (/(\.\.\.|…|[-–—,，、:：])$/.test(said)) return pauses.open;
  const words = said.match(word) ?? [];
  const bare = locale === 'zh' ? said.replace(/[^\p{L}\p{N}]+$/gu, '') : words.join(' ').replaceAll('’', "'");
  if (bare === '') return pauses.unknown;
  const { hesitating, open, complete } = endings[locale];
  if (complete.test(bare)) return pauses.complete;
  if (hesitating.test(bare)) return pauses.hesitating;
  const spelled = spelledAtEnd(locale === 'zh' ? [...bare.replace(/\s/g, '')] : words);
  if (spelled > 1 && spelled < codeParts) return pauses.open;
  if (spelled === codeParts) return pauses.complete;
  if (open.test(bare)) return pauses.open;
  return (locale === 'zh' ? bare.length >= 4 : words.length >= 3) ? pauses.complete : pauses.unknown;
}
