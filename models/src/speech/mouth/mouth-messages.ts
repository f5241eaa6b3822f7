import type { Locale } from '@wayside/protocol';
import type { FromModel } from '../../model-process.ts';

/** A voice of this machine, as plain data. */
export type Voice = {
  /** Its name in the catalog. */
  id: string;
  languages: readonly string[];
  /** The path of each of its files, by what follows the voice's name in the file's catalog id: `model`, `config`, … */
  parts: Readonly<Record<string, string>>;
};

/**
 * All that the runtime says to the process that speaks. `more` asks for one more piece of a speech: pieces are made a few ahead of what was
 * taken, so a long answer that is interrupted was not made in vain.
 */
export type ToMouth =
  | { do: 'warm'; voice: Voice }
  | { do: 'speak'; id: number; text: string; locale: Locale; voice: Voice; pieces: number; names: Readonly<Record<string, string>> }
  | { do: 'more'; id: number }
  | { do: 'stop'; id: number };

export type FromMouth =
  | FromModel
  | { did: 'piece'; id: number; sound: Int16Array; rate: number; text: string }
  | { did: 'end'; id: number /** Set when the voice broke. */; why?: string };
