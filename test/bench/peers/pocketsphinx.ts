import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { toPcm } from '@wayside/models/resample';
import { askPython } from './ask-python.ts';
import { pythonWith } from './python-with.ts';
import type { Writer } from './writers.ts';

/** PocketSphinx with the model in its package: by its general language model, or kept to a grammar (JSGF). Or why it cannot be had here. */
export async function pocketSphinx(grammar: string | undefined, say: (line: string) => void): Promise<Writer | { missing: string }> {
  const python = await pythonWith('pocketsphinx', ['pocketsphinx==5.1.1'], ['pocketsphinx'], say);
  if ('missing' in python) return python;
  const folder = await mkdtemp(join(tmpdir(), 'wayside-jsgf-'));
  const file = join(folder, 'grammar.jsgf');
  await writeFile(file, grammar ?? '');
  return {
    name: grammar === undefined ? 'PocketSphinx' : 'PocketSphinx kept to the grammar',
    as: 'PocketSphinx',
    write: async (sounds) =>
      askPython<string>(python.program, 'pocketsphinx-write.py', grammar === undefined ? [] : [file], sounds.map(toPcm)),
    stop: () => rm(folder, { recursive: true }),
  };
}
