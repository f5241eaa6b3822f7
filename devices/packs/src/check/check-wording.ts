import { type Locale, locales } from '@wayside/protocol';
import type { Report } from '../files.ts';
import type { Wording } from '../schema/wording.ts';

/** What an acknowledgment must not be, and what to do instead. */
const wrong: [pattern: RegExp, problem: string][] = [
  [/[!！]/, 'has an exclamation mark: say it calmly'],
  [
    /\b(?:so sorry|deeply|truly|really sorry|absolutely|totally|completely understand|terribly|apologi[sz]e|i feel your|my heart)\b|非常抱歉|深表歉意|万分|十分理解|非常理解|感同身受/i,
    'gushes: acknowledge in plain words what has happened',
  ],
  [
    /\b(?:you (?:are|sound|seem|feel|look)|you['’]re|your (?:anger|mood|feelings?|frustration|fear))\b|您(?:很|看起来|听起来|好像|似乎|感到|别)|(?:生气|愤怒|情绪|害怕|沮丧)/i,
    'tells the person how they feel: speak of the machine or of what happens next',
  ],
  [
    /\b(?:haha|lol|just kidding|funny|joke|cheer up|smile|relax|calm down)\b|哈哈|开玩笑|别急|冷静|放轻松|[\u{1F300}-\u{1FAFF}]/iu,
    'makes light of it: nobody in trouble is joked with or told to calm down',
  ],
  [
    /\b(?:safe|no danger|not dangerous|nothing can happen)\b|安全|没有危险|没事|放心/i,
    'speaks of safety: only a fault with its evidence may do that',
  ],
  [/\d/, 'holds a figure: nothing vouches for it'],
];

const longest: Record<Locale, number> = { en: 90, zh: 34 };

/** Wording is said to people in trouble, so it is held to more than a schema: brief, plain, the same in both languages. */
export function checkWording(wording: Partial<Record<Locale, Wording>>, report: Report): void {
  for (const language of locales) {
    const mine = wording[language];
    const other = wording[language === 'en' ? 'zh' : 'en'];
    const file = `wording/${language}.yaml`;
    if (!mine) {
      if (other) report(file, '', 'is missing, while the other language is there: write both');
      continue;
    }
    for (const [feeling, variants] of Object.entries(mine.acknowledge)) {
      const theirs = other?.acknowledge[feeling as keyof Wording['acknowledge']];
      if (other && theirs?.length !== variants.length)
        report(
          file,
          `acknowledge.${feeling}`,
          `has ${variants.length} variants and the other language ${theirs?.length ?? 'none'}: make them as many`,
        );
      for (const [i, sentence] of variants.entries())
        for (const problem of problemsOf(sentence, language)) report(file, `acknowledge.${feeling}.${i}`, problem);
    }
  }
}

function problemsOf(sentence: string, language: Locale): string[] {
  const placeholders = sentence.match(/\{[^}]*\}/g) ?? [];
  return [
    ...wrong.flatMap(([pattern, problem]) => (pattern.test(sentence) ? [problem] : [])),
    ...(sentence.length > longest[language]
      ? [`is ${sentence.length} characters long and at most ${longest[language]} are read: shorten it`]
      : []),
    ...(placeholders.some((one) => one !== '{it}') ? ['holds a placeholder other than {it}: remove it'] : []),
    ...(/[.。?？]$/.test(sentence.trim()) ? [] : ['is no whole sentence: end it with a full stop']),
  ];
}
