export type EmbedRequest = {
  texts: readonly string[];
  /** `query`: something said, to be compared with what others said or to find passages by. `passage`: something to be found. */
  as: 'query' | 'passage';
  /** Milliseconds from the call until the vectors are of no more use. */
  deadlineMs: number;
};

export type Embedded =
  | {
      kind: 'vectors';
      /** One a text, of length 1: their scalar product is their cosine. */
      vectors: Float32Array[];
      /** What the same texts were at inner layers, one a text, where the model tells it: for trained heads, not to be compared. */
      inner?: Float32Array[];
    }
  | { kind: 'unavailable'; reason: 'no-model' | 'deadline' | 'crashed' };

export type EmbedderStats = { state: 'off' | 'loading' | 'ready'; model?: string; pid?: number };

/**
 * The port of what turns texts into vectors, near each other where texts mean nearly the same, in English and Chinese alike. `embed` never
 * throws for what can be expected of a model; without vectors, words decide. Creating it does nothing; `warm` begins to load, so that the
 * first sentence need not wait, and the first `embed` does the same.
 */
export interface Embedder {
  readonly name: string;
  /** Which model the vectors are of, or undefined when none is here; vectors of two models cannot be compared. */
  model(): string | undefined;
  warm(): void;
  embed(request: EmbedRequest): Promise<Embedded>;
  stop(): Promise<void>;
  stats(): EmbedderStats;
}
