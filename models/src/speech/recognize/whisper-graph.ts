import { writeOnnx } from '../../embedding/onnx-file.ts';
import type { Ct2File } from '../graph/ct2-file.ts';
import { createGraphWriter, type GraphWriter, layered } from '../graph/graph-writer.ts';
import type { DecoderShape } from './step-decoder.ts';
import { bands } from './whisper-sound.ts';

type Writer = GraphWriter;

const norm = ({ add, numbers }: Writer, of: string, name: string): string =>
  add('LayerNormalization', [of, numbers(`${name}/gamma`), numbers(`${name}/beta`)], name, { epsilon: { float: 1e-5 } });

/** A part of weights that several share a matrix: the n-th `width` rows of it. */
const linear = ({ multiply }: Writer, of: string, name: string, out: string, rows = ''): string =>
  multiply(of, `${name}/weight${rows}`, out, `${name}/bias${rows}`);

function feedForward(writer: Writer, x: string, layer: string): string {
  const wide = linear(writer, norm(writer, x, `${layer}/ffn/layer_norm`), `${layer}/ffn/linear_0`, `${layer}/wide`);
  const bent = writer.add('Gelu', [wide], `${layer}/bent`, {}, 'com.microsoft');
  return writer.add('Add', [x, linear(writer, bent, `${layer}/ffn/linear_1`, `${layer}/narrow`)], `${layer}/out`);
}

/**
 * From a picture of the sound, [1, bands, frames], with `places`, [1, frames / 2, width], to what each layer of the decoder remembers of it:
 * `memory.<layer>.key|value`, [1, heads, frames / 2, headWidth].
 */
export function whisperEncoder(file: Ct2File, { width, heads, headWidth, layers }: DecoderShape): Buffer {
  const writer = createGraphWriter(file);
  const { add, numbers } = writer;
  const conv = (of: string, name: string, stride: number) => {
    const attributes = { kernel_shape: { ints: [3] }, pads: { ints: [1, 1] }, strides: { ints: [stride] } };
    const seen = add('Conv', [of, numbers(`${name}/weight`), numbers(`${name}/bias`)], `${name}/seen`, attributes);
    return add('Gelu', [seen], `${name}/bent`, {}, 'com.microsoft');
  };
  const frames = add('Transpose', [conv(conv('picture', 'encoder/conv1', 1), 'encoder/conv2', 2)], 'frames', { perm: { ints: [0, 2, 1] } });
  let x = add('Add', [frames, 'places'], 'x');
  for (let n = 0; n < layers; n++) {
    const layer = `encoder/layer_${n}`;
    const own = `${layer}/self_attention`;
    const normed = norm(writer, x, `${own}/layer_norm`);
    const parts = [0, 1, 2].map((part) =>
      linear(writer, normed, `${own}/linear_0`, `${own}/${part}`, `[${part * width}:${(part + 1) * width}]`),
    );
    const seen = add('MultiHeadAttention', parts, `${own}/seen`, { num_heads: { int: heads } }, 'com.microsoft');
    x = feedForward(writer, add('Add', [x, linear(writer, seen, `${own}/linear_1`, `${own}/done`)], `${own}/out`), layer);
  }
  const heard = norm(writer, x, 'encoder/layer_norm');
  for (let n = 0; n < layers; n++)
    for (const [part, name] of ['key', 'value'].entries()) {
      const rows = `[${part * width}:${(part + 1) * width}]`;
      const flat = linear(writer, heard, `decoder/layer_${n}/attention/linear_1`, `${name}.${n}.flat`, rows);
      add('Reshape', [flat, writer.shape('by-heads', 1, -1, heads, headWidth)], `${name}.${n}.heads`);
      add('Transpose', [`${name}.${n}.heads`], `memory.${n}.${name}`, { perm: { ints: [0, 2, 1, 3] } });
    }
  return writeOnnx({
    ...writer.graph(),
    inputs: [
      { name: 'picture', shape: [1, bands, 'frames'] },
      { name: 'places', shape: [1, 'length', width] },
    ],
    outputs: layered(layers, 'memory', [1, heads, 'length', headWidth]),
  });
}

/** One step of several beginnings at once, as `createStepDecoder` wants it: `vectors` [n, 1, width], places added. */
export function whisperStep(file: Ct2File, { width, heads, headWidth, layers, pieces }: DecoderShape): Buffer {
  const writer = createGraphWriter(file);
  const { add, shape, attend } = writer;
  const swapped = { perm: { ints: [0, 2, 1, 3] } };
  let x = 'vectors';
  for (let n = 0; n < layers; n++) {
    const layer = `decoder/layer_${n}`;
    const own = `${layer}/self_attention`;
    const normed = norm(writer, x, `${own}/layer_norm`);
    const [q, k, v] = [0, 1, 2].map((part) => {
      const flat = linear(writer, normed, `${own}/linear_0`, `${own}/${part}`, `[${part * width}:${(part + 1) * width}]`);
      return add('Reshape', [flat, shape('said', -1, heads, 1, headWidth)], `${own}/${part}/heads`);
    }) as [string, string, string];
    const keys = add('Concat', [`past.${n}.key`, k], `present.${n}.key`, { axis: { int: 2 } });
    const values = add('Concat', [`past.${n}.value`, v], `present.${n}.value`, { axis: { int: 2 } });
    const said = add('Reshape', [attend(q, keys, values, headWidth, own), shape('flat', -1, 1, width)], `${own}/flat`);
    const after = add('Add', [x, linear(writer, said, `${own}/linear_1`, `${own}/done`)], `${own}/out`);

    // All beginnings listen to the same sound, so for its memory they are the places of one.
    const other = `${layer}/attention`;
    const asked = linear(writer, norm(writer, after, `${other}/layer_norm`), `${other}/linear_0`, `${other}/ask`);
    const rows = add('Reshape', [asked, shape('together', 1, -1, heads, headWidth)], `${other}/rows`);
    const found = attend(add('Transpose', [rows], `${other}/query`, swapped), `memory.${n}.key`, `memory.${n}.value`, headWidth, other);
    const heard = add('Reshape', [add('Transpose', [found], `${other}/found`, swapped), shape('flat', -1, 1, width)], `${other}/flat`);
    x = feedForward(writer, add('Add', [after, linear(writer, heard, `${other}/linear_2`, `${other}/done`)], `${other}/out`), layer);
  }
  const logits = writer.multiply(norm(writer, x, 'decoder/layer_norm'), 'decoder/embeddings/weight', 'logits');
  add('LogSoftmax', [logits], 'chances', { axis: { int: 2 } });
  return writeOnnx({
    ...writer.graph(),
    inputs: [
      { name: 'vectors', shape: ['n', 1, width] },
      ...layered(layers, 'past', ['n', heads, 'said', headWidth]),
      ...layered(layers, 'memory', [1, heads, 'length', headWidth]),
    ],
    outputs: [{ name: 'chances', shape: ['n', 1, pieces] }, ...layered(layers, 'present', ['n', heads, 'then', headWidth])],
  });
}
