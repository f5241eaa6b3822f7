import type { Row } from '../measure.ts';
import { openWakeWord, type WakeFiles } from '../peers/openwakeword.ts';

/** Samples of 20 ms: both chains judge each 80 ms, and where in a word those steps fall decides what is nearly a hit. */
const shift = 320;
const shifts = [0, 1, 2, 3];

/**
 * The same recordings through the Python package the ready heads were made for, with the very same files: what is then missed here as well is the head's.
 * Over four places of the step, since one alone is luck.
 */
export async function sameHeadElsewhere(
  files: WakeFiles,
  from: number,
  sounds: readonly Int16Array[],
  judge: (sound: Int16Array) => Promise<number>,
  say: (line: string) => void,
): Promise<Row[]> {
  const shifted = shifts.flatMap((n) => sounds.map((sound) => sound.subarray(n * shift)));
  const theirs = await openWakeWord(files, shifted, say);
  if ('missing' in theirs) {
    say(`without a peer: ${theirs.missing}`);
    return [];
  }
  const ours: number[] = [];
  for (const sound of shifted) ours.push(await judge(sound));
  const missed = (chances: readonly number[]) => (100 * chances.filter((chance) => chance < from).length) / chances.length;
  const row = (metric: string, says: string, chances: readonly number[]): Row => ({
    metric,
    says: `"alexa" missed, each of ${sounds.length} sayings at four places of the 80 ms step${says}`,
    value: missed(chances),
    unit: '%',
  });
  return [row('missRateShifted', '', ours), row('missRateOpenWakeWord', ', by the Python package openWakeWord with the same head', theirs)];
}
