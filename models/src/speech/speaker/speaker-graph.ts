import { closeSync, openSync, readSync } from 'node:fs';
import { type Constant, type Node, writeOnnx } from '../../embedding/onnx-file.ts';
import { bytesOf } from '../graph/graph-writer.ts';

export const bands = 40;
/** Mel frames that are looked at together, 1.6 s. */
export const frames = 160;
export const width = 256;
const layers = 3;

/**
 * Where each tensor lies in the file, which is known by its SHA-256. It is a checkpoint of PyTorch's old kind: its head is a pickle, a program that nobody
 * should run, and behind it stand the numbers, float32, little-endian.
 */
const places = {
  'lstm.weight_ih_l0': 269_883,
  'lstm.weight_hh_l0': 433_723,
  'lstm.bias_ih_l0': 5_676_603,
  'lstm.bias_hh_l0': 5_680_699,
  'lstm.weight_ih_l1': 1_482_299,
  'lstm.weight_hh_l1': 2_530_875,
  'lstm.bias_ih_l1': 5_684_795,
  'lstm.bias_hh_l1': 5_688_891,
  'lstm.weight_ih_l2': 3_579_451,
  'lstm.weight_hh_l2': 4_628_027,
  'lstm.bias_ih_l2': 5_692_987,
  'lstm.bias_hh_l2': 5_697_083,
  'linear.weight': 7_731,
  'linear.bias': 6_699,
} as const;
type Name = keyof typeof places;

function createReader(path: string) {
  const file = openSync(path, 'r');
  return {
    read(name: Name, count: number): Float32Array {
      const bytes = new Uint8Array(count * 4);
      if (readSync(file, bytes, 0, bytes.length, places[name]) < bytes.length) throw new RangeError('it ends too early');
      return new Float32Array(bytes.buffer);
    },
    close: () => closeSync(file),
  };
}

/** The gates of a cell in the order ONNX wants them (input, output, forget, cell), from that of PyTorch (input, forget, cell, output). */
function reordered(numbers: Float32Array): Float32Array {
  const gate = numbers.length / 4;
  const made = new Float32Array(numbers.length);
  for (const [to, from] of [0, 3, 1, 2].entries()) made.set(numbers.subarray(from * gate, (from + 1) * gate), to * gate);
  return made;
}

/**
 * The voice encoder of Wan et al. ("Generalized end-to-end loss for speaker verification", arXiv 1710.10467) as Resemblyzer trained it: three LSTM layers
 * over `mel`, [frames, n, bands], and `voice`, [n, width], a vector of length 1 for each of n windows.
 * @throws RangeError when the file is too short to be it
 */
export function speakerGraph(path: string): Buffer {
  const { read, close } = createReader(path);
  const constants: Constant[] = [];
  const nodes: Node[] = [];
  const constant = (name: string, shape: number[], numbers: Float32Array): string => {
    constants.push({ name, kind: 'float32', shape, bytes: bytesOf(numbers) });
    return name;
  };
  try {
    constants.push({ name: 'flat', kind: 'int64', shape: [3], bytes: bytesOf(BigInt64Array.of(BigInt(frames), -1n, BigInt(width))) });
    let x = 'mel';
    for (let n = 0; n < layers; n++) {
      const from = n === 0 ? bands : width;
      const weights = reordered(read(`lstm.weight_ih_l${n as 0}`, 4 * width * from));
      const again = reordered(read(`lstm.weight_hh_l${n as 0}`, 4 * width * width));
      const biases = ['ih', 'hh'].flatMap((kind) => [...reordered(read(`lstm.bias_${kind as 'ih'}_l${n as 0}`, 4 * width))]);
      const inputs = [
        x,
        constant(`w${n}`, [1, 4 * width, from], weights),
        constant(`r${n}`, [1, 4 * width, width], again),
        constant(`b${n}`, [1, 8 * width], Float32Array.from(biases)),
      ];
      nodes.push({ op: 'LSTM', inputs, outputs: [`all${n}`, `last${n}`], attributes: { hidden_size: { int: width } } });
      nodes.push({ op: 'Reshape', inputs: [`all${n}`, 'flat'], outputs: [`x${n}`] });
      x = `x${n}`;
    }
    constants.push({ name: 'rows', kind: 'int64', shape: [2], bytes: bytesOf(BigInt64Array.of(-1n, BigInt(width))) });
    const linear = [
      constant('linear', [width, width], read('linear.weight', width * width)),
      constant('bias', [width], read('linear.bias', width)),
    ];
    nodes.push({ op: 'Reshape', inputs: [`last${layers - 1}`, 'rows'], outputs: ['last'] });
    nodes.push({ op: 'Gemm', inputs: ['last', ...linear], outputs: ['raw'], attributes: { transB: { int: 1 } } });
    nodes.push({ op: 'Relu', inputs: ['raw'], outputs: ['positive'] });
    nodes.push({ op: 'LpNormalization', inputs: ['positive'], outputs: ['voice'], attributes: { axis: { int: 1 }, p: { int: 2 } } });
  } finally {
    close();
  }
  return writeOnnx({
    nodes,
    constants,
    inputs: [{ name: 'mel', shape: [frames, 'n', bands] }],
    outputs: [{ name: 'voice', shape: ['n', width] }],
  });
}
