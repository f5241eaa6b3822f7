import type { Ears, Embedder, Generator, Synthesizer } from '@wayside/models';
import type { Localized } from '@wayside/protocol';
import type { Config } from '../config.ts';
import type { CountingLog } from '../log.ts';
import type { Prepare } from '../prepare/prepare.ts';

/** All of the outer world an edge is built from. */
export type AgentParts = {
  config: Config;
  log: CountingLog;
  now: () => number;
  version: string;
  prepare: Prepare;
  /** Absent in the lite tier. */
  generator?: Generator;
  /** Absent where none is here: then only what templates and articles say is understood. */
  embedder?: Embedder;
  /** Absent where nobody can be heard, or nothing said aloud. */
  ears?: Ears;
  synthesizer?: Synthesizer;
  /** Which tier this machine carries, and why, for people. */
  tier: { tier: 'lite' | 'standard'; reason: Localized };
  /** The store was found damaged while in use: only a new start, with `damage`, can set it aside and go on. */
  onBroken?(error: Error): void;
  /** What was rolled out to this edge comes into force by a new start. */
  again?(): void;
  /** In the last second came a flood of telemetry. */
  onFlood?(): void;
  /** Fetches a language model unless it is here. */
  pull?(model: string): Promise<unknown>;
  /** Why the store that is here is not to be used any more. */
  damage?: string | undefined;
};
