import type { Row } from '../measure.ts';
import { pocketSphinx } from '../peers/pocketsphinx.ts';
import { whisperServer } from '../peers/whisper-server.ts';
import { eachWriter } from '../peers/writers.ts';

/** How many of the same orders others get right, clean and in noise: without knowing the sentences, or by a recognizer that knows nothing but them. */
export async function peerOrders(
  hearings: readonly { name: string; says: string; sounds: readonly Float32Array[] }[],
  jsgf: string,
  rightOf: (texts: readonly string[]) => number,
  say: (line: string) => void,
): Promise<Row[]> {
  const rows: Row[] = [];
  await eachWriter(
    [() => whisperServer('base', say), () => whisperServer('tiny.en', say), () => pocketSphinx(jsgf, say)],
    say,
    async ({ name, as, write }) => {
      for (const hearing of hearings)
        rows.push({
          metric: `${hearing.name}${as}`,
          says: `${name}, ${hearing.says}`,
          value: rightOf(await write(hearing.sounds)),
          unit: '%',
        });
    },
  );
  return rows;
}
