import { readFileSync } from 'node:fs';
import { availableParallelism } from 'node:os';
import { WaysideError } from '@wayside/protocol';
import { InferenceSession, Tensor } from 'onnxruntime-node';
import type { LoadedVoice } from './piper.ts';

/** The signs Kokoro 1.0 knows, by its config.json: at each place the number of the first of those that follow it. */
const runs: [first: number, signs: string][] = [
  [1, ';:,.!?'],
  [9, '—…"()“” '],
  [17, '\u0303ʣʥʦʨᵝꭧAI'],
  [31, 'O'],
  [33, 'Q'],
  [35, 'ST'],
  [39, 'W'],
  [41, 'Yᵊabcdef'],
  [50, 'hijklmnopqrstuvwxyzɑɐɒæ'],
  [75, 'βɔɕç'],
  [80, 'ɖðʤə'],
  [85, 'ɚɛɜ'],
  [90, 'ɟ'],
  [92, 'ɡ'],
  [99, 'ɥ'],
  [101, 'ɨɪʝ'],
  [110, 'ɯɰŋɳɲɴø'],
  [118, 'ɸθœ'],
  [123, 'ɹ'],
  [125, 'ɾɻ'],
  [128, 'ʁɽʂʃʈʧ'],
  [135, 'ʊʋ'],
  [138, 'ʌɣɤ'],
  [142, 'χʎ'],
  [147, 'ʒʔ'],
  [156, 'ˈˌː'],
  [162, 'ʰ'],
  [164, 'ʲ'],
  [169, '↓'],
  [171, '→↗↘'],
  [177, 'ᵻ'],
];
export const kokoroNumbers = new Map(
  runs.flatMap(([first, signs]) => Array.from(signs, (sign, at): [string, number] => [sign, first + at])),
);

/** A voice is a table of styles: one of 256 numbers for each length of what is said. */
const styleWidth = 256;
const longest = 509;

/**
 * Loads Kokoro-82M (hexgrad; StyleTTS 2, Li et al. 2023, with an iSTFTNet decoder) as its ONNX export names its inputs: `tokens`, `style`, `speed`.
 * @throws `model-corrupt` for a style that is none
 */
export async function loadKokoro(model: string, style: string): Promise<LoadedVoice> {
  const bytes = readFileSync(style);
  const styles = new Float32Array(Uint8Array.from(bytes).buffer);
  if (styles.length % styleWidth !== 0 || styles.length < styleWidth)
    throw new WaysideError('model-corrupt', `${style} is no style of Kokoro.`);
  const session = await InferenceSession.create(model, {
    intraOpNumThreads: Math.min(2, availableParallelism()),
    interOpNumThreads: 1,
    enableCpuMemArena: false,
    enableMemPattern: false,
    logSeverityLevel: 3,
  });
  const say = async (phonemes: string) => {
    const inside = Array.from(phonemes, (sign) => kokoroNumbers.get(sign))
      .filter((number) => number !== undefined)
      .slice(0, longest);
    const tokens = BigInt64Array.from([0, ...inside, 0], BigInt);
    const row = Math.min(inside.length, styles.length / styleWidth - 1);
    const made = await session.run({
      tokens: new Tensor('int64', tokens, [1, tokens.length]),
      style: new Tensor('float32', styles.slice(row * styleWidth, (row + 1) * styleWidth), [1, styleWidth]),
      speed: new Tensor('float32', Float32Array.of(1), [1]),
    });
    return made.audio!.data as Float32Array;
  };
  return { rate: 24_000, say };
}
