/** Sound at another rate to 16 kHz, by a windowed sinc (16 zero crossings, Hann); mono, in [-1, 1]. */
export function to16k(sound: Float32Array, rate: number): Float32Array {
  const step = rate / 16_000;
  const cutoff = Math.min(1, 1 / step);
  const reach = Math.ceil(16 / cutoff);
  return Float32Array.from({ length: Math.floor(sound.length / step) }, (_, n) => {
    const centre = n * step;
    let sum = 0;
    for (let at = Math.max(0, Math.ceil(centre - reach)); at <= Math.min(sound.length - 1, centre + reach); at++) {
      const x = (at - centre) * cutoff;
      const sinc = x === 0 ? 1 : Math.sin(Math.PI * x) / (Math.PI * x);
      sum += sound[at]! * sinc * (0.5 + 0.5 * Math.cos((Math.PI * (at - centre)) / reach));
    }
    return sum * cutoff;
  });
}
