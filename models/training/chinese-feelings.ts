import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { parse } from 'yaml';
import { type TaggerOptions, type TaggerWeights, trainTagger } from '../src/understanding/tagger.ts';
import type { Example } from '../src/understanding/train-head.ts';
import { vectorsOf, withVectors } from './vectors.ts';

type Said = Example & { ours: boolean };

/**
 * Chinese sentences with how their writers feel: ours (`feelings-zh.yaml`, Apache-2.0), and the commands of people in cars (MAC-SLU, Apache-2.0), which
 * are calm. Undefined without the embedder.
 * @param dataDir a folder with mac-slu as its README there describes it
 */
export async function chineseFeelings(dataDir: string, say: (line: string) => void): Promise<Said[] | undefined> {
  const own: Record<string, string[]> = parse(readFileSync(new URL('feelings-zh.yaml', import.meta.url), 'utf8'));
  const folder = join(dataDir, 'mac-slu');
  const lines = readdirSync(folder)
    .filter((name) => name.endsWith('.jsonl'))
    .flatMap((name) => readFileSync(join(folder, name), 'utf8').trim().split('\n'));
  const said = [
    ...Object.entries(own).flatMap(([kind, texts]) =>
      texts.map((text) => ({ text, labels: kind === 'neither' ? [] : [kind], ours: true })),
    ),
    ...lines.map((line) => ({ text: (JSON.parse(line) as { query: string }).query, labels: [], ours: false })),
  ];
  const vectors = await vectorsOf(
    said.map(({ text }) => text),
    { say },
  );
  return vectors && withVectors(said, vectors);
}

const options: TaggerOptions = { dense: 6, buckets: 2 ** 11 };

export const trainChineseFeelings = (said: readonly Said[]): TaggerWeights => trainTagger(said, options);
