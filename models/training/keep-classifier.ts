import { writeFileSync } from 'node:fs';
import { trainClassifier } from '../src/understanding/classifier.ts';
import { writeHead } from '../src/understanding/head-file.ts';
import type { Said } from './templates.ts';
import { vectorsBySource, withVectors } from './vectors.ts';

/**
 * Trains the classifier of short sayings on their vectors and writes models/heads/NAME.head. Ends the process where the embedder is not on this machine.
 * @param sources where the sentences stand, each embedded and kept by itself
 */
export async function keepClassifier(name: string, all: readonly Said[], sources: readonly Said[][]): Promise<void> {
  const vectors = await vectorsBySource(sources, { say: (line) => process.stderr.write(`  ${line}\n`) });
  if (!vectors) process.exit(1);
  const examples = withVectors(
    all,
    all.map(({ text }) => vectors.get(text)!),
  );
  const { known: _, ...weights } = trainClassifier(examples, { dense: 6, buckets: 2 ** 11 });
  writeFileSync(new URL(`../heads/${name}.head`, import.meta.url), writeHead(weights));
}
