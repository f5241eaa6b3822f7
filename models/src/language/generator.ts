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
  /** Called with the readable text of the claims as it is written; never with JSON syntax. A space parts two claims. */
  onToken?: (text: string) => void;
};

export type UnavailableReason = 'no-model' | 'deadline' | 'crashed' | 'busy' | 'aborted' | 'invalid';

export type Generated =
  | { kind: 'draft'; draft: Draft; tokens: number; ms: number; firstTokenMs: number }
  | { kind: 'unavailable'; reason: UnavailableReason };

export type GeneratorStats = { state: 'off' | 'loading' | 'ready' | 'restarting'; pid?: number; model?: string };

/**
 * The port every generator implements. `generate` never throws for what can be expected of a model
 * (absent, slow, crashed, talking nonsense): the reason comes back as a value and the extractive answer stands.
 */
export interface Generator {
  readonly name: string;
  start(): Promise<void>;
  stop(): Promise<void>;
  generate(request: GenerateRequest): Promise<Generated>;
  stats(): GeneratorStats;
}
