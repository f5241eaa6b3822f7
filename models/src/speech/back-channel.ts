import type { Locale } from '@wayside/protocol';

/** Only sounds, in either language. */
const hums = /^(?:(?:m+|h+m+|mhm+|u+h+|uhm|um|a+h+a?|o+h+|e+h+|huh|嗯|哦|噢|喔|啊|呃|唔) ?)+$/;
/** Sounds and words that only say "I am with you" (Yngve 1970): whoever makes them wants the other to go on. */
const nods: Record<Locale, RegExp> = {
  // "As high" is how Moonshine writes many an "uh-huh", and "write a c" a "right, I see".
  en: /^(?:(?:m+|h+m+|mhm+|u+h+|uhm|um|a+h+a?|o+h+|huh|yeah|yep|yes|okay|ok|right|sure|good|i see|got it|alright|all right|go on|as high|write a c) ?)+$/,
  // 吃到了 and 你好等 are how Whisper base writes 知道了 and 嗯，好的 of a voice it does not know.
  zh: /^(?:嗯|哦|噢|喔|啊|呃|唔|对|是|好|的|行|我?懂|我?明白|我?知道|了|继续|吧|吃到了|你好[的等])+$/,
};
/** Short as they are, they want the floor: orders, and words that ask. */
const orders: Record<Locale, RegExp> = {
  en: /^(?:please )?(?:stop|wait|hold on|hang on|no|nope|cancel|quiet|enough|shush|hush|what|why|how|where|when|which|who|sorry|pardon|excuse me|hey)\b/,
  zh: /^(?:请|先|快)?(?:停|等等|等一|等会|等下|慢着|不|别|够了|什么|取消|安静|闭嘴|喂|为什么|怎么|哪|谁)/,
};
/** All of it only tells us to be quiet. Stopping the machine has its name or an "it" with it, and 停了 says that it has stopped. */
const hushes: Record<Locale, RegExp> = {
  en: /^(?:(?:stop(?: talking| speaking| reading)?|(?:be )?quiet|silence|(?:that (?:i)?s )?enough|hush|shush|shut up) ?)+$/,
  // Whisper base writes a lone 停 as 听 or 天, which nobody says by itself.
  zh: /^(?:好了?|行了?|请你?|你|先|快)*(?:停+|停下来?|停一下|停止|打住|够了|安静一?点?|闭嘴|(?:别|不要|不用)再?[说讲念读]了?)(?:吧|啊|谢谢)?$|^[听天]$/,
};
/** Said around an order, in English. */
const courtesies = /\b(?:okay|ok|hey|please|now|just|thanks|thank you)\b ?/g;

/** As they are said, for a recognizer to favour beside an answer; at any other time they would only stand in the way of one-word orders. */
export const backChannels: Record<Locale, readonly string[]> = {
  en: 'uh huh|uh huh okay|uh huh yeah|mm hmm|mm hmm okay|mm hmm yeah|okay|okay right|oh okay|ah okay|yeah|yeah okay|yeah right|right|right I see|I see|oh I see|got it|sure|all right'.split(
    '|',
  ),
  zh: '嗯|嗯嗯|嗯好的|哦|哦好的|好|好的|对|对对|是的|行|明白|明白了|知道了|懂了|好的明白了'.split('|'),
};

const bare = (text: string) =>
  text
    .toLowerCase()
    .replace(/[^\p{L}\p{N}\s]/gu, ' ')
    .replace(/(?<=\p{Script=Han})\s+(?=\p{Script=Han})/gu, '')
    .replace(/\s+/g, ' ')
    .trim();
const inEither = (of: Record<Locale, RegExp>, said: string) => of.en.test(said) || of.zh.test(said);

/**
 * What wants the floor in one breath, where a recognizer writes it wrong unless it is favoured beside the hums: Whisper base has 普对 for 不对. English needs
 * none of it.
 */
export const floorWords: Record<Locale, readonly string[]> = {
  en: [],
  zh: '停|停下|停一下|等等|等一下|不|不对|不是|不要|别说了|够了|取消|安静|什么'.split('|'),
};

/**
 * True for what is said beside an answer without wanting the floor, in either language; nothing at all is one too.
 * @param asked the answer puts a question: then a word such as "yes" replies to it, and only a hum does not
 */
export function isBackChannel(text: string, asked = false): boolean {
  const said = bare(text);
  return said === '' || (asked ? hums.test(said) : inEither(nods, said));
}

/** Is this all that somebody says who wants us to be quiet, and nothing of the machine: "okay, stop", "别说了"? */
export const isHush = (text: string): boolean => inEither(hushes, bare(text).replace(courtesies, ''));

/** Does so little already want the floor: "stop", "wait", "不对"? */
export const isOrder = (text: string): boolean => inEither(orders, bare(text)) || isHush(text);

/** So many words of which none only hums along are a sentence of its own, before its end is heard; of Chinese, characters. */
export function isSentence(text: string): boolean {
  const words = bare(text).match(/\p{Script=Han}|[\p{L}\p{N}]+/gu) ?? [];
  return words.length >= (/\p{Script=Han}/u.test(text) ? 5 : 3) && words.every((word) => !inEither(nods, word));
}
