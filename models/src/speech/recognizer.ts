import type { Locale } from '@wayside/protocol';

/** What is likely to be said here: the names of this site's things, signals and rooms and the sentences its packs answer, as people say them. */
export type Bias = {
  /** Whole sentences or words; the more often said first. At most a few thousand. */
  phrases: readonly string[];
  /** Names among them, of things and people: where only few can be told, these first. */
  names?: readonly string[];
};

export type Transcript = {
  /** What was said, as written; empty when nothing that could be understood was. */
  text: string;
  /** How sure the recognizer is of it as a whole, 0 to 1. */
  confidence: number;
};

/**
 * The port of what writes down what was said. It runs inside the process of the ears, one utterance at a time, and may be asked again with more of
 * the same utterance for a partial transcript.
 */
export interface Recognizer {
  readonly model: string;
  readonly languages: readonly Locale[];
  /** From now on, prefer what fits these; without a call, nothing is preferred. */
  favour(bias: Bias): void;
  /** `speech`: 16 kHz, mono, in [-1, 1], at most 30 s. Throws only when the model itself breaks. */
  transcribe(speech: Float32Array): Promise<Transcript>;
}
