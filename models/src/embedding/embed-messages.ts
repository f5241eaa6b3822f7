import type { FromModel } from '../model-process.ts';
import type { EmbedRequest } from './embedder.ts';

/** All that the runtime says to the process that embeds, and what comes back, the vectors one behind the other. */
export type ToEmbed = { do: 'embed'; id: number; texts: string[]; as: EmbedRequest['as'] };
export type FromEmbed =
  | FromModel
  | { did: 'embed'; id: number; vectors: Float32Array; inner: Float32Array }
  | { did: 'break'; id: number; why: string };
