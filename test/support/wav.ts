import { wavOf as fileOf } from '../../cli/src/wav.ts';
import { createResampler } from '../../models/src/speech/resample.ts';

/** 16-bit mono PCM as a WAV file. */
export const wavOf = (samples: Int16Array, rate: number): Buffer =>
  fileOf(Buffer.from(samples.buffer, samples.byteOffset, samples.byteLength), rate);

type WavShape = { rate: number; channels?: 1 | 2; float?: boolean };

/** 16 kHz mono sound as a WAV file of another shape; on a second channel there is silence. */
export function wavAs(samples: Int16Array, { rate, channels = 1, float = false }: WavShape): Buffer {
  const sound = createResampler(16_000, rate)(Float32Array.from(samples, (x) => x / 32_768));
  const width = (float ? 4 : 2) * channels;
  const data = Buffer.alloc(sound.length * width);
  for (const [at, x] of sound.entries()) {
    if (float) data.writeFloatLE(x, at * width);
    else data.writeInt16LE(Math.max(-32_768, Math.min(32_767, Math.round(x * 32_767))), at * width);
  }
  const wav = fileOf(data, rate);
  wav.writeUInt16LE(float ? 3 : 1, 20);
  wav.writeUInt16LE(channels, 22);
  wav.writeUInt32LE(rate * width, 28);
  wav.writeUInt16LE(width, 32);
  wav.writeUInt16LE(float ? 32 : 16, 34);
  return wav;
}
