/** Zero crossings of the sinc on each side: about 60 dB of what would fold back is gone. */
const crossings = 16;
const phases = 128;

/**
 * Turns a stream of sound from one rate into another by a windowed sinc (Smith, “Digital Audio Resampling”), carrying what a block leaves
 * over into the next, so that no seam is heard.
 * @returns takes a block of any length, in [-1, 1], and gives what it makes
 */
export function createResampler(from: number, to: number): (block: Float32Array) => Float32Array {
  if (from === to) return (block) => block;
  const step = from / to;
  // What lies above half the lower rate would fold back as noise.
  const cut = Math.min(1, to / from);
  const reach = Math.ceil(crossings / cut);
  const table = kernels(reach, cut);
  let held = new Float32Array(reach);
  /** Where in `held` the next sample of the output lies. */
  let at = reach;

  return (block) => {
    const whole = new Float32Array(held.length + block.length);
    whole.set(held);
    whole.set(block, held.length);
    const made: number[] = [];
    for (; at + reach < whole.length; at += step) {
      const left = Math.floor(at);
      const kernel = table[Math.round((at - left) * phases)]!;
      let sum = 0;
      for (let i = 0; i < kernel.length; i++) sum += kernel[i]! * whole[left - reach + 1 + i]!;
      made.push(sum);
    }
    const keep = Math.max(0, Math.floor(at) - reach);
    held = whole.slice(keep);
    at -= keep;
    return Float32Array.from(made);
  };
}

/** For each phase the weights of the samples around it, each row with the sum of one. */
function kernels(reach: number, cut: number): Float32Array[] {
  return Array.from({ length: phases + 1 }, (_, phase) => {
    const row = new Float32Array(2 * reach);
    let sum = 0;
    for (let i = 0; i < row.length; i++) {
      const x = i - reach + 1 - phase / phases;
      const window = 0.5 + 0.5 * Math.cos((Math.PI * x) / reach);
      const weight = Math.abs(x) >= reach ? 0 : window * (x === 0 ? 1 : Math.sin(Math.PI * x * cut) / (Math.PI * x * cut));
      row[i] = weight;
      sum += weight;
    }
    return row.map((weight) => weight / sum);
  });
}

/** Samples in [-1, 1] as 16-bit ones; louder ones are clipped. */
export const toPcm = (samples: Float32Array): Int16Array<ArrayBuffer> =>
  Int16Array.from(samples, (sample) => Math.round(Math.max(-1, Math.min(1, sample)) * 32_767));
