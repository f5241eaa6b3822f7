import { fileURLToPath } from 'node:url';
import { type ModelProcess, type ModelProcessOptions, startModelProcess } from '../model-process.ts';
import type { FromLlama, ToLlama } from './llama-messages.ts';

export type LlamaChild = ModelProcess<ToLlama>;
export type LlamaChildOptions = Pick<ModelProcessOptions<FromLlama>, 'onMessage' | 'onEnd'> & {
  modelPath: string;
  threads: number;
  contextSize: number;
};

const script = fileURLToPath(new URL('./llama-process.ts', import.meta.url));

/** Starts the process that holds the language model. */
export const startLlamaChild = ({ modelPath, threads, contextSize, onMessage, onEnd }: LlamaChildOptions): LlamaChild =>
  startModelProcess({ script, args: [modelPath, String(threads), String(contextSize)], onMessage, onEnd });
