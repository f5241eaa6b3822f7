import type { Locale } from '@wayside/protocol';

/** One thing the code puts in front of the generator this turn; the generator may point at it by id, never invent another. */
export type Offer = { id: string; text: string };

/** All that may appear in a draft: passages to cite, questions to ask, actions to propose. */
export type Offered = { passages: Offer[]; questions: Offer[]; actions: Offer[] };

/** One sentence of an answer and the id of the offered passage it rests on. */
export type Claim = { text: string; cite: string };

/** What a generator suggests. It is a suggestion: `ground` and the dialogue decide what is said. */
export type Draft =
  | { kind: 'answer'; claims: Claim[] }
  | { kind: 'ask'; question: string }
  | { kind: 'propose'; action: string }
  | { kind: 'escalate' };

export type GenerateRequest = {
  utterance: string;
  locale: Locale;
  offered: Offered;
  /** Milliseconds from the call until an answer is of no more use. */
  deadlineMs: number;
  signal?: AbortSignal;
  /**
   * Called with each claim of an answer the moment it is complete, in order; together they are the claims of the draft.
   * What is still being written is never shown, and these claims are not judged yet: see `ground`.
   */
  onClaim?: (claim: Claim) => void;
};

export type UnavailableReason = 'no-model' | 'deadline' | 'crashed' | 'busy' | 'aborted' | 'invalid';

export type Generated =
  | { kind: 'draft'; draft: Draft; tokens: number; ms: number; firstTokenMs: number }
  | { kind: 'unavailable'; reason: UnavailableReason };

/** A text to be said in another language. `names` must stand in it as they are. */
export type TranslateRequest = {
  text: string;
  from: Locale;
  to: Locale;
  names: readonly string[];
  deadlineMs: number;
  signal?: AbortSignal;
};

/** What of a text is not in its translation, or the other way round; or what else makes it worthless. */
export type Loss = { what: 'number' | 'code' | 'name' | 'negation' | 'language' | 'length'; detail: string };

/** `lost`: a translation was made that must not be shown, and why. */
export type Translated =
  | { kind: 'translation'; text: string }
  | { kind: 'lost'; losses: Loss[] }
  | { kind: 'unavailable'; reason: UnavailableReason };

export type GeneratorStats = {
  state: 'off' | 'loading' | 'ready' | 'restarting';
  /** The languages it can answer in now (ISO 639-1), which may be before anything is loaded; none when there is no model. */
  languages: string[];
  pid?: number;
  model?: string;
};

/**
 * The port every generator implements. `generate` never throws for what can be expected of a model
 * (absent, slow, crashed, talking nonsense): the reason comes back as a value and the extractive answer stands.
 * One that is `off` may be asked: it gets ready first, within the deadline of the request.
 */
export interface Generator {
  readonly name: string;
  start(): Promise<void>;
  stop(): Promise<void>;
  generate(request: GenerateRequest): Promise<Generated>;
  /** Absent where there is nothing that could. What it gives has passed `lossesIn`. */
  translate?(request: TranslateRequest): Promise<Translated>;
  stats(): GeneratorStats;
}
