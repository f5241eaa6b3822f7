import { readFileSync } from 'node:fs';

const half = 16;
const sinc = (x: number) => (x === 0 ? 1 : Math.sin(Math.PI * x) / (Math.PI * x));

/** Sound at another rate, by a windowed sinc of 32 taps. */
export function resample(sound: Float32Array, from: number, to: number): Float32Array {
  if (from === to) return sound;
  const out = new Float32Array(Math.floor((sound.length * to) / from));
  const cut = Math.min(1, to / from);
  for (let n = 0; n < out.length; n++) {
    const at = (n * from) / to;
    const middle = Math.floor(at);
    let sum = 0;
    for (let k = middle - half + 1; k <= middle + half; k++) {
      const x = at - k;
      sum += (sound[k] ?? 0) * cut * sinc(cut * x) * (0.5 + 0.5 * Math.cos((Math.PI * x) / half));
    }
    out[n] = sum;
  }
  return out;
}

/** A WAV file of s16, mono, at any rate, as 16 kHz in [-1, 1]. */
export function readSound(path: string): Float32Array {
  const file = readFileSync(path);
  const data = file.indexOf('data', 12, 'latin1') + 8;
  const bytes = Uint8Array.from(file.subarray(data, file.length - ((file.length - data) % 2)));
  return resample(
    Float32Array.from(new Int16Array(bytes.buffer), (value) => value / 32_768),
    file.readUInt32LE(24),
    16_000,
  );
}

/** A WAV file of 16 kHz, mono, s16 (RIFF). */
export function wavOf(sound: Float32Array): Buffer {
  const head = Buffer.alloc(44);
  head.write('RIFF', 0);
  head.writeUInt32LE(36 + 2 * sound.length, 4);
  head.write('WAVEfmt ', 8);
  head.writeUInt32LE(16, 16);
  head.writeUInt16LE(1, 20);
  head.writeUInt16LE(1, 22);
  head.writeUInt32LE(16_000, 24);
  head.writeUInt32LE(32_000, 28);
  head.writeUInt16LE(2, 32);
  head.writeUInt16LE(16, 34);
  head.write('data', 36);
  head.writeUInt32LE(2 * sound.length, 40);
  const samples = Int16Array.from(sound, (value) => Math.max(-32_768, Math.min(32_767, Math.round(32_767 * value))));
  return Buffer.concat([head, Buffer.from(samples.buffer)]);
}
