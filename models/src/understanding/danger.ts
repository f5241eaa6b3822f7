import { readFileSync } from 'node:fs';
import { type Classifier, createClassifier } from './classifier.ts';
import { readHead } from './head-file.ts';

/** Hears danger that is told without its name: which of the core's hazards, or none. Reads its head, 30 kB, at once. How it was trained: `training/danger.ts`. */
export const readDanger = (): Classifier =>
  createClassifier(readHead(readFileSync(new URL('../../heads/danger-e5.head', import.meta.url))));
