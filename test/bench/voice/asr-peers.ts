import type { Row } from '../measure.ts';
import { pocketSphinx } from '../peers/pocketsphinx.ts';
import { whisperServer } from '../peers/whisper-server.ts';
import { eachWriter } from '../peers/writers.ts';
import { wordErrors } from './word-errors.ts';

/** How much others write down wrong of the same recordings, cut in the same way. `unitsOf`: what counts as a word. */
export async function peerErrors(
  all: readonly { text: string; sound: Float32Array }[],
  unitsOf: (text: string) => string[],
  say: (line: string) => void,
): Promise<Row[]> {
  const rows: Row[] = [];
  const words = all.reduce((sum, { text }) => sum + unitsOf(text).length, 0);
  await eachWriter(
    [() => whisperServer('base', say), () => whisperServer('tiny.en', say), () => pocketSphinx(undefined, say)],
    say,
    async ({ name, as, write }) => {
      const heard = await write(all.map(({ sound }) => sound));
      const errors = heard.reduce((sum, text, at) => sum + wordErrors(unitsOf(all[at]!.text), unitsOf(text)), 0);
      rows.push({ metric: `wer${as}`, says: `· the same recordings by ${name}`, value: (100 * errors) / words, unit: '%' });
    },
  );
  return rows;
}
