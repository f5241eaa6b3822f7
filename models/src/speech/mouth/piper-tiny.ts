import { writeOnnx } from '../../embedding/onnx-file.ts';

const int64 = (...values: number[]) => new Uint8Array(BigInt64Array.from(values, BigInt).buffer);
const float32 = (value: number) => new Uint8Array(Float32Array.of(value).buffer);

/** A voice with Piper's inputs and output that hums each sign for 256 samples at its number's height: whole, quick and of no use but in tests. */
export function tinyPiper(): { model: Buffer; config: string } {
  const model = writeOnnx({
    nodes: [
      { op: 'Cast', inputs: ['input'], outputs: ['numbers'], attributes: { to: { int: 1 } } },
      { op: 'Mul', inputs: ['numbers', 'gain'], outputs: ['heights'] },
      { op: 'Reshape', inputs: ['heights', 'column'], outputs: ['columns'] },
      { op: 'Tile', inputs: ['columns', 'times'], outputs: ['held'] },
      { op: 'Reshape', inputs: ['held', 'row'], outputs: ['output'] },
    ],
    constants: [
      { name: 'gain', kind: 'float32', shape: [], bytes: float32(1 / 512) },
      { name: 'column', kind: 'int64', shape: [3], bytes: int64(1, -1, 1) },
      { name: 'times', kind: 'int64', shape: [3], bytes: int64(1, 1, 256) },
      { name: 'row', kind: 'int64', shape: [3], bytes: int64(1, 1, -1) },
    ],
    inputs: [
      { name: 'input', kind: 'int64', shape: [1, 'signs'] },
      { name: 'input_lengths', kind: 'int64', shape: [1] },
      { name: 'scales', shape: [3] },
    ],
    outputs: [{ name: 'output', shape: [1, 1, 'samples'] }],
  });
  const signs = ['_', '^', '$', ' ', ...'.,;:?!abdefhijklmnoprstuvwzæðŋɐɑɔəɚɛɜɡɪɹɾʃʊʌʒʔθˈˌːᵻ'];
  const config = {
    audio: { sample_rate: 16_000 },
    inference: { noise_scale: 0.667, length_scale: 1, noise_w: 0.8 },
    phoneme_id_map: Object.fromEntries(signs.map((sign, at) => [sign, [at]])),
    num_speakers: 1,
  };
  return { model, config: JSON.stringify(config) };
}
