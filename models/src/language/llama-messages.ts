import type { GrammarSchema } from './draft-schema.ts';
import type { Prompt } from './prompt.ts';

/** All that the runtime says to the process that holds the model. */
export type ToLlama = { do: 'generate'; id: number; prompt: Prompt; schema: GrammarSchema; maxTokens: number } | { do: 'stop'; id: number };

/** All that the process says back. `tokens` counts what the model wrote; texts are pieces of the draft's JSON. */
export type FromLlama =
  | { did: 'load'; ms: number }
  | { did: 'fail'; why: string }
  | { did: 'write'; id: number; text: string }
  | { did: 'finish'; id: number; tokens: number; stopped: boolean }
  | { did: 'break'; id: number; why: string };
