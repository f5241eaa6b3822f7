import type { Locale } from '@wayside/protocol';

export type SpeakRequest = {
  /** What to say, as written; numbers, units and codes are turned into words here. At most 2,000 characters. */
  text: string;
  locale: Locale;
  /** How names are said whose letters do not tell, by how they are written. */
  names?: Readonly<Record<string, string>>;
  /** Ends the speech at once; the piece being made is not delivered. */
  signal?: AbortSignal;
};

/** One sentence, or a part of a long one, in the order to be played. */
export type SpokenPiece = {
  /** Mono, s16. */
  sound: Int16Array;
  /** Hertz. */
  rate: number;
  /** The piece of `text` it says, so that what was not heard is known when somebody interrupts. */
  text: string;
};

export type SynthesizerState = { state: 'off' | 'loading' | 'ready'; voice?: string; pid?: number; why?: string };

/** The port of speaking, in a process of its own. Creating it does nothing. */
export interface Synthesizer {
  /** Whether this language can be spoken here, now or once loaded. */
  speaks(locale: Locale): boolean;
  /** Begins to load the voice of a language, so that the first word need not wait. */
  warm(locale: Locale): void;
  /** Pieces as they are made, the first as early as can be. Ends early, without an error, when stopped or when the voice breaks: `state` says why. */
  speak(request: SpeakRequest): AsyncIterable<SpokenPiece>;
  state(): SynthesizerState;
  stop(): Promise<void>;
}
