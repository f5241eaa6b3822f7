import { readFileSync } from 'node:fs';
import { type Classifier, createClassifier } from './classifier.ts';
import { readHead } from './head-file.ts';

/**
 * Says what somebody wants of the agent, by a sentence and its vector: one of the core's intents (`howto step=failed` names a slot that belongs to
 * it), `ask` for a question of knowledge, or nothing of ours. Reads its head, 0.3 MB, at once. How it was trained: `training/intents.ts`.
 */
export const readIntents = (): Classifier =>
  createClassifier(readHead(readFileSync(new URL('../../heads/intents-e5.head', import.meta.url))));
