import { readFile, stat } from 'node:fs/promises';
import decode from '@audio/decode-wav';
import { createResampler, toPcm } from '@wayside/models/resample';
import { WaysideError } from '@wayside/protocol';

/** Ten minutes of stereo at 48 kHz. */
const mostBytes = 128 * 1024 * 1024;

/**
 * Sound of a WAV file, of any rate, any number of channels, PCM or float, as the ears want it: 16 kHz, mono, s16. A file that ends early gives what is there.
 * @throws WaysideError `not-found`, `invalid` for what is no sound, `too-large`
 */
export async function readWav(file: string): Promise<Int16Array> {
  const { size } = await stat(file).catch((cause: NodeJS.ErrnoException) => {
    throw new WaysideError('not-found', `${file} cannot be read (${cause.code}).`, { cause });
  });
  if (size > mostBytes)
    throw new WaysideError('too-large', `${file} is longer than anybody talks in one go; ${mostBytes >> 20} MiB are enough.`);
  const wrong = (cause?: unknown) =>
    new WaysideError('invalid', `${file} holds no sound that can be read. It takes a WAV file, PCM or float, of at least a moment.`, {
      cause,
    });
  let sound: { channelData: Float32Array[]; sampleRate: number };
  try {
    sound = decode(await readFile(file));
  } catch (error) {
    throw wrong(error);
  }
  const { channelData, sampleRate } = sound;
  const [first] = channelData;
  if (!first || first.length === 0 || !(sampleRate >= 4_000 && sampleRate <= 384_000)) throw wrong();
  const mono = first.map((_, i) => channelData.reduce((sum, channel) => sum + (channel[i] ?? 0), 0) / channelData.length);
  // A float file may hold what is no number; the ears are to hear silence there.
  const clean = mono.map((sample) => (Number.isFinite(sample) ? sample : 0));
  return toPcm(createResampler(sampleRate, 16_000)(clean));
}

/** 16-bit mono sound as a WAV file (Microsoft and IBM, “Multimedia Programming Interface and Data Specifications 1.0”, 1991). */
export function wavOf(sound: Buffer, rate: number): Buffer {
  const head = Buffer.alloc(44);
  head.write('RIFF', 0);
  head.writeUInt32LE(36 + sound.length, 4);
  head.write('WAVEfmt ', 8);
  head.writeUInt32LE(16, 16);
  head.writeUInt16LE(1, 20);
  head.writeUInt16LE(1, 22);
  head.writeUInt32LE(rate, 24);
  head.writeUInt32LE(rate * 2, 28);
  head.writeUInt16LE(2, 32);
  head.writeUInt16LE(16, 34);
  head.write('data', 36);
  head.writeUInt32LE(sound.length, 40);
  return Buffer.concat([head, sound]);
}
