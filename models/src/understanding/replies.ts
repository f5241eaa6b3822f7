import { readFileSync } from 'node:fs';
import { type Classifier, createClassifier } from './classifier.ts';
import { readHead } from './head-file.ts';

/**
 * Says what is meant by somebody who was just asked something or shown a step: `yes`, `done`, `refuse`, `asks-why` and so on, or none of these. Reads
 * its head, 56 kB, at once. How it was trained: `training/replies.ts`.
 */
export const readReplies = (): Classifier =>
  createClassifier(readHead(readFileSync(new URL('../../heads/replies-e5.head', import.meta.url))));
