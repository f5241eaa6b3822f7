import { readFileSync } from 'node:fs';
import { join } from 'node:path';

/** The four coarse groups of the set's authors (Demszky et al., ACL 2020, figure 2); neutral is a group of its own. */
export const groups = {
  positive: 'admiration amusement approval caring desire excitement gratitude joy love optimism pride relief',
  negative: 'anger annoyance disappointment disapproval disgust embarrassment fear grief nervousness remorse sadness',
  ambiguous: 'confusion curiosity realization surprise',
  neutral: 'neutral',
};
/** What an agent must hear of the negative ones, each by itself. */
const parts = { anger: 'anger annoyance', anxiety: 'fear nervousness' };

export type Comment = { text: string; emotions: string[] };

/** The comments of one of the set's files: text, numbers of the emotions in `labels.txt`, id; tabs between, no header. */
export function readComments(folder: string, file: string): Comment[] {
  const names = readFileSync(join(folder, 'labels.txt'), 'utf8').trim().split(/\s+/);
  const lines = readFileSync(join(folder, file), 'utf8').trim().split('\n');
  return lines
    .map((line) => line.split('\t'))
    .map(([text = '', numbers = '']) => ({ text, emotions: numbers.split(',').map((n) => names[Number(n)] ?? 'neutral') }));
}

/** The groups and parts that a comment's emotions belong to. */
export const feelingsOf = (emotions: readonly string[]): string[] =>
  Object.entries({ ...groups, ...parts }).flatMap(([name, its]) => (emotions.some((one) => its.split(' ').includes(one)) ? [name] : []));
