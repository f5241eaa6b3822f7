import { readdirSync, readFileSync } from 'node:fs';
import { createModels, createMouth, findRecognizer, readCatalog, type SpokenPiece, type Synthesizer } from '@wayside/models';
import type { Locale, Localized } from '@wayside/protocol';
import { parse } from 'yaml';
import { loadRecognizer } from '../../../models/src/speech/recognize/load-recognizer.ts';
import { voicesToUse } from '../../support/real-voice.ts';
import { residentMb } from '../edge-process.ts';
import { type BenchOptions, median, quantile, type Row, some } from '../measure.ts';
import { to16k } from './to-16k.ts';
import { syllablesOf, wordErrors, wordsOf } from './word-errors.ts';

const packs = new URL('../../../devices/packs/', import.meta.url);

/** What the packs answer with when something is wrong: every explanation and every word on what is still safe. */
function answers(locale: Locale): string[] {
  const files = (readdirSync(packs, { recursive: true }) as string[])
    .filter((name) => /faults(?:[\\/][\w-]+)?\.yaml$/.test(name) && !name.includes('tests'))
    .sort();
  return files.flatMap((name) => {
    const { faults = {} }: { faults?: Record<string, { explanation?: Localized; safetyAdvice?: Localized }> } = parse(
      readFileSync(new URL(name, packs), 'utf8'),
    );
    return Object.values(faults).flatMap(({ explanation, safetyAdvice }) =>
      [explanation?.[locale], safetyAdvice?.[locale]].filter((text) => text !== undefined),
    );
  });
}

/** Samples a recognizer takes at once. */
const longestHeard = 30 * 16_000;

/** An answer as it is heard, in [-1, 1], when its first piece was there and when its last. */
async function sayWhole(mouth: Synthesizer, text: string, locale: Locale) {
  const began = performance.now();
  const pieces: SpokenPiece[] = [];
  let [firstMs, workMs] = [0, 0];
  for await (const piece of mouth.speak({ text, locale })) {
    workMs = performance.now() - began;
    firstMs ||= workMs;
    pieces.push(piece);
  }
  return {
    firstMs,
    workMs,
    rate: pieces[0]!.rate,
    sound: Float32Array.from(pieces.flatMap(({ sound }) => Array.from(sound, (sample) => sample / 32768))),
  };
}

/** What of a sentence can be heard wrong, and a first word that loads the voice. */
const heardBy: Record<Locale, { unit: string; partsOf: (text: string) => string[]; first: string }> = {
  en: { unit: 'words', partsOf: wordsOf, first: 'Ready.' },
  zh: { unit: 'syllables, tones aside,', partsOf: syllablesOf, first: '好了。' },
};
/** Codes and figures as an answer gives them: what has to be right to the last sign. */
const identifiers: Record<Locale, readonly string[]> = {
  en: [],
  zh: ['故障码是 P0301。', '故障码是 P0420。', '故障码是 U0100。', '电压是 12.4 V。', '温度是 85 °C。', '一共走了 23456 公里。'],
};

/**
 * Speaking a language: how soon the first sound is there, how fast sound is made, what the process holds, and how many words of the packs' own answers a
 * recognizer that knows nothing of them hears wrong, in Chinese codes and figures by themselves too. By the voice this machine speaks with, or the one that WAYSIDE_VOICE names.
 */
export async function speaking(locale: Locale, { share, seed = 0, say }: BenchOptions): Promise<Row[] | { skipped: string }> {
  const { unit, partsOf, first } = heardBy[locale];
  const models = createModels();
  const voices = voicesToUse(process.env.WAYSIDE_VOICE).filter(({ languages }) => languages.includes(locale));
  const files = findRecognizer(readCatalog(), models.resolve, locale);
  if (voices.length === 0) return { skipped: `no voice for ${locale} is here: npm run wayside -- models pull` };
  const all = answers(locale);
  const texts = Array.from({ length: some(60, share) }, (_, n) => all[(n * 7 + seed * 3) % all.length]!);
  const mouth = createMouth({ voices: () => voices, now: () => performance.now() });
  const recognizer = files && (await loadRecognizer(files, locale));
  const [firstMs, factors]: [number[], number[]] = [[], []];
  let [words, errors, rssMb, exact] = [0, 0, 0, 0];
  const heardOf = async (spoken: Awaited<ReturnType<typeof sayWhole>>) =>
    (await recognizer!.transcribe(to16k(spoken.sound, spoken.rate).subarray(0, longestHeard))).text;
  /** How many parts of a text there are, and how many were heard wrong. */
  function compare(text: string, heard: string): [of: number, wrong: number] {
    const said = partsOf(text);
    const wrong = wordErrors(said, partsOf(heard));
    if (wrong > 0) say(`${wrong} of ${said.length}: ${text} | ${heard}`);
    return [said.length, wrong];
  }
  try {
    await Array.fromAsync(mouth.speak({ text: first, locale }));
    for (const text of texts) {
      const spoken = await sayWhole(mouth, text, locale);
      firstMs.push(spoken.firstMs);
      factors.push(spoken.workMs / 1000 / (spoken.sound.length / spoken.rate));
      if (!recognizer) continue;
      const [of, wrong] = compare(text, await heardOf(spoken));
      [words, errors] = [words + of, errors + wrong];
    }
    if (recognizer)
      for (const text of identifiers[locale]) if (compare(text, await heardOf(await sayWhole(mouth, text, locale)))[1] === 0) exact++;
    rssMb = await residentMb(mouth.state().pid!);
  } finally {
    await mouth.stop();
  }
  return [
    {
      metric: 'firstSoundP50Ms',
      says: `first sound of an answer by ${voices[0]!.id}, p50`,
      value: median(firstMs),
      unit: 'ms',
      goal: { atMost: 400 },
    },
    { metric: 'firstSoundP95Ms', says: '… p95', value: quantile(firstMs, 0.95), unit: 'ms' },
    { metric: 'realTimeFactor', says: 'seconds of work a second of speech, p50', value: median(factors), unit: '', goal: { atMost: 0.3 } },
    { metric: 'rssMb', says: 'resident memory of the process that speaks', value: rssMb, unit: 'MB' },
    ...(recognizer
      ? [
          {
            metric: 'readBackWer',
            says: `${unit} of ${texts.length} answers heard wrong by ${recognizer.model}`,
            value: (100 * errors) / words,
            unit: '%' as const,
            ...(locale === 'en' ? { goal: { atMost: 5 } } : {}),
          },
        ]
      : []),
    ...(recognizer && identifiers[locale].length > 0
      ? [
          {
            metric: 'exactReadBack',
            says: `of ${identifiers[locale].length} codes and figures, heard without an error by ${recognizer.model}`,
            value: (100 * exact) / identifiers[locale].length,
            unit: '%' as const,
          },
        ]
      : []),
  ];
}
