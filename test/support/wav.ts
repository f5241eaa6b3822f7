import { wavOf as fileOf } from '../../cli/src/wav.ts';

/** 16-bit mono PCM as a WAV file. */
export const wavOf = (samples: Int16Array, rate: number): Buffer =>
  fileOf(Buffer.from(samples.buffer, samples.byteOffset, samples.byteLength), rate);
