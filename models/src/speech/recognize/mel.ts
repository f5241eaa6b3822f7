/** Windows of 25 ms at 16 kHz, one each 10 ms. */
const [rate, window] = [16_000, 400];
export const hop = 160;
const bins = window / 2 + 1;

/** Slaney's scale: even steps below 1 kHz, steps of equal ratio above (Auditory Toolbox, 1998). */
const toMel = (hertz: number) => (hertz < 1000 ? (3 * hertz) / 200 : 15 + (27 * Math.log(hertz / 1000)) / Math.log(6.4));
const toHertz = (mel: number) => (mel < 15 ? (200 * mel) / 3 : 1000 * Math.exp((Math.log(6.4) * (mel - 15)) / 27));

/** Triangles over the frequencies, each of the same area. */
function filters(bands: number): { from: number; weights: Float64Array }[] {
  const edges = Array.from({ length: bands + 2 }, (_, n) => toHertz((toMel(rate / 2) * n) / (bands + 1)));
  return Array.from({ length: bands }, (_, band) => {
    const [low, top, high] = edges.slice(band, band + 3) as [number, number, number];
    const all = Array.from({ length: bins }, (_, bin) => {
      const hertz = (bin * rate) / window;
      return (Math.max(0, Math.min((hertz - low) / (top - low), (high - hertz) / (high - top))) * 2) / (high - low);
    });
    const from = all.findIndex((weight) => weight > 0);
    return { from: Math.max(0, from), weights: Float64Array.from(all.filter((weight) => weight > 0)) };
  });
}
const hann = Float64Array.from({ length: window }, (_, at) => 0.5 - 0.5 * Math.cos((2 * Math.PI * at) / window));
const cosines = Float64Array.from({ length: window }, (_, at) => Math.cos((2 * Math.PI * at) / window));

/** The energies of one window in each frequency, by the definition of the transform: 400 is no power of two, and this is short. */
function energies(sound: Float32Array, from: number, into: Float64Array): void {
  const part = hann.map((weight, at) => {
    // Beyond its ends the sound is mirrored.
    const place = Math.abs(from + at);
    return weight * (sound[place < sound.length ? place : 2 * sound.length - 2 - place] ?? 0);
  });
  for (let bin = 0; bin < bins; bin++) {
    let [real, imaginary] = [0, 0];
    for (let at = 0, turn = 0; at < window; at++, turn = (turn + bin) % window) {
      real += part[at]! * cosines[turn]!;
      imaginary += part[at]! * cosines[(turn + window - window / 4) % window]!;
    }
    into[bin] = real * real + imaginary * imaginary;
  }
}

/** The energy of a sound in each of so many bands, around the middle of each of its windows. */
export function createMel(bands: number): (sound: Float32Array, frame: number) => Float64Array {
  const triangles = filters(bands);
  const energy = new Float64Array(bins);
  return (sound, frame) => {
    energies(sound, frame * hop - window / 2, energy);
    return Float64Array.from(triangles, ({ from, weights }) => weights.reduce((all, weight, n) => all + weight * energy[from + n]!, 0));
  };
}
