import type { Bias, Ears, Synthesizer } from '@wayside/models';
import type { Locale } from '@wayside/protocol';
import type { Log } from '../log.ts';

export type WyomingParts = {
  host: string;
  port: number;
  version: string;
  log: Log;
  now: () => number;
  ears: Ears | undefined;
  synthesizer: Synthesizer | undefined;
  /** What is likely to be said here. */
  bias(locale: Locale): Bias;
  /** Answers a text in a conversation; `id` names it, undefined begins one. Absent answers mean that nothing was understood. */
  handle(text: string, locale: Locale, id: string | undefined): Promise<{ id: string; text: string; understood: boolean }>;
};

/** The language a client names, by ours: Chinese in all its tags, and English for any other. */
export const localeOf = (language: unknown): Locale =>
  String(language ?? 'en')
    .toLowerCase()
    .startsWith('zh')
    ? 'zh'
    : 'en';
