import type { Locale } from '@wayside/protocol';
import type { Bias } from './recognizer.ts';

/** What the ears are told of a sound; all times are milliseconds of sound since the stream began, not of any clock. */
export type Heard =
  | { kind: 'woke'; word: string; atMs: number }
  | { kind: 'speech-started'; atMs: number }
  /** Somebody may be speaking over our own voice: hold it. `speech-started` or `back-channel` follows. */
  | { kind: 'speech-likely'; atMs: number }
  /** It was only an "uh-huh", a cough or our own echo: go on where you held. */
  | { kind: 'back-channel'; atMs: number }
  /** What was said so far; a later one replaces it. */
  | { kind: 'partial'; text: string; atMs: number }
  /** The turn has ended: a pause long enough for where the sentence stands, or `finish`. */
  | { kind: 'speech-ended'; atMs: number }
  | {
      kind: 'final';
      text: string;
      confidence: number;
      fromMs: number;
      toMs: number /** From `speech-ended`, of the clock. */;
      decodeMs: number;
      /** How the voice sounds (`speaker.ts`), where that was asked for and enough was said to tell. */
      voice?: Float32Array;
    }
  /** Listening began, by word or tap, and nobody spoke. */
  | { kind: 'nothing-said'; atMs: number }
  /** The stream goes on; this utterance is lost. `kept`: only some of its sound is, and its words still come. */
  | { kind: 'failed'; why: string; kept?: true };

export type EarsRequest = {
  locale: Locale;
  /** `wake`: deaf until the wake word. `open`: whoever speaks is meant (tap to talk). `held`: from now until `finish` (push to talk). */
  mode: 'wake' | 'open' | 'held';
  bias?: Bias;
  heard: (heard: Heard) => void;
};

/** One microphone. Calls after `close` do nothing. */
export type EarsStream = {
  /** 16 kHz, mono, s16, any length up to a second. More than the ears can keep up with is dropped from the oldest on, and said once as `failed`. */
  write(sound: Int16Array): void;
  /** The button is released, or the person tapped "done": what was said so far is the turn. */
  finish(): void;
  /** How to listen from now on. `anew`: nobody was listened to meanwhile, so what came before is no part of what comes. */
  listen(mode: EarsRequest['mode'], anew?: boolean): void;
  /** What is likely to be said from now on, instead of what the request told. */
  favour(bias: Bias): void;
  /** Our own voice is in the room: it neither wakes nor interrupts; a person who says more than a back-channel does. `saying`: its words, by which its echo is known; `asks`: they put a question, so that a "yes" is a turn. */
  ownVoice(speaking: boolean, saying?: string, asks?: boolean): void;
  /** Whether each utterance's voice is told with its words. Off until it is asked for: then nothing here looks at who speaks. */
  tellVoices(on: boolean): void;
  close(): void;
};

export type EarsState = {
  state: 'off' | 'loading' | 'ready';
  recognizer?: string;
  wakeWord?: string;
  tellsVoices?: true;
  /** How much of the sound that came is not dealt with yet, ms, over all microphones. */
  behindMs?: number;
  pid?: number;
  why?: string;
};

/** The port of hearing: wake word, voice activity, end of turn and transcript, in a process of their own. Creating it does nothing. */
export interface Ears {
  /** Whether speech in this language can be written down here, now or once loaded. */
  hears(locale: Locale): boolean;
  /** Begins to load, with what writes down this language, so that neither the first word need wait nor the first "uh-huh" beside an answer. */
  warm(locale?: Locale): void;
  open(request: EarsRequest): EarsStream;
  state(): EarsState;
  stop(): Promise<void>;
}
