/**
 * Loads the native named on the command line and makes it compute something whose result is known. It runs in a process of its own, since a
 * build that asks for instructions this processor lacks ends its process (SIGILL) and cannot be caught.
 */
import { type Constant, writeOnnx } from '../embedding/onnx-file.ts';
import type { Native } from './native.ts';

const trials: Record<Native, () => Promise<void>> = {
  /** 2 × 3 in the smallest graph there is. */
  async 'onnxruntime-node'() {
    const { InferenceSession, Tensor } = await import('onnxruntime-node');
    const ports = { inputs: [{ name: 'a', shape: [1] }], outputs: [{ name: 'b', shape: [1] }] };
    const session = await InferenceSession.create(
      writeOnnx({ nodes: [{ op: 'Mul', inputs: ['a', 'three'], outputs: ['b'] }], constants: [three], ...ports }),
    );
    const { b } = await session.run({ a: new Tensor('float32', Float32Array.of(2), [1]) });
    if (b?.data[0] !== 6) throw new Error(`2 × 3 came out as ${b?.data[0]}`);
  },
  /** Its library with the processor's own variant, and a grammar made by its code. No model is needed. */
  async 'node-llama-cpp'() {
    const { getLlama } = await import('node-llama-cpp');
    const llama = await getLlama({ gpu: false, build: 'never', progressLogs: false, skipDownload: true });
    const grammar = await llama.createGrammarForJsonSchema({ type: 'object', properties: { id: { enum: ['a', 'b'] } } });
    if (grammar.parse('{"id":"b"}').id !== 'b') throw new Error('its grammar reads something else than was written');
    await llama.dispose();
  },
};

const three: Constant = { name: 'three', kind: 'float32', shape: [1], bytes: new Uint8Array(Float32Array.of(3).buffer) };

trials[process.argv[2] as Native]().then(
  () => process.exit(0),
  (error: unknown) => {
    process.stderr.write(String(error));
    process.exit(1);
  },
);
