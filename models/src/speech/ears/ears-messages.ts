import type { Locale } from '@wayside/protocol';
import type { FromModel } from '../../model-process.ts';
import type { EarsRequest, Heard } from '../ears.ts';
import type { RecognizerFiles } from '../recognize/load-recognizer.ts';
import type { Bias } from '../recognizer.ts';

/** One wake word: what people call it by, and the file of its head. */
export type WakeWord = { word: string; path: string };

/** What the ears' process loads, each by its path; what is missing it does without, and says so. */
export type EarsFiles = {
  /** Silero VAD; without it, level alone tells speech from silence. */
  voiceActivity?: string;
  wake?: { spectrogram: string; embedding: string; words: readonly WakeWord[] };
  /** Tells voices apart; loaded only once somebody asks to be known by theirs. */
  speaker?: string;
  recognizers: Partial<Record<Locale, RecognizerFiles>>;
};

/** All that the runtime says to the ears' process. `fromMs`: the sound this stream had before, in a process that died. */
export type ToEars =
  | { do: 'open'; stream: number; locale: Locale; mode: EarsRequest['mode']; bias?: Bias | undefined; voices: boolean; fromMs: number }
  | { do: 'warm'; locale: Locale }
  | { do: 'sound'; stream: number; sound: Int16Array }
  | { do: 'finish' | 'close'; stream: number }
  | { do: 'listen'; stream: number; mode: EarsRequest['mode']; anew: boolean }
  | { do: 'tell-voices'; stream: number; on: boolean }
  | { do: 'favour'; stream: number; bias: Bias }
  | { do: 'own-voice'; stream: number; speaking: boolean; saying?: string | undefined; asks?: boolean | undefined };

/** What comes back. `take`: so many samples are dealt with, so the next may come. `reads`: a recognizer is being loaded, or is loaded; a large one leaves room for nothing else meanwhile. */
export type FromEars =
  | FromModel
  | { did: 'reads'; on: boolean }
  | { did: 'hear'; stream: number; heard: Heard }
  | { did: 'take'; stream: number; samples: number };
