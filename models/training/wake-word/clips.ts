import { readFileSync } from 'node:fs';
import { parse } from 'yaml';

export type Word = {
  word: string;
  file: string;
  locale: 'en' | 'zh';
  from: number;
  says: string[];
  text: string[];
  tongues?: string;
  near: string[];
  nearText: string[];
};
/** What a clip is for: to learn from, to choose the threshold by, or to be measured on and never looked at before. */
export type Part = 'train' | 'choose' | 'held';
export type Clip = { path: string; word: string; is: 'word' | 'near' | 'talk'; part: Part; voice: string };

const read = (file: string): unknown => parse(readFileSync(new URL(file, import.meta.url), 'utf8'));
export const words = read('./words.yaml') as Word[];
/** Whole sentences, as around a wake word, and short calls and orders. */
export const sentences = read('./talk.yaml') as string[];

/** A seed that is a clip's own, so that a clip more leaves the others as they are. */
export const seedOf = (name: string): number =>
  1 + ([...name].reduce((sum, letter) => (sum * 31 + letter.codePointAt(0)!) % 2_147_483_646, 7) % 2_147_483_645);
