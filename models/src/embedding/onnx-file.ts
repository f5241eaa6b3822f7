/**
 * Writes a model in the ONNX format, as bytes: Protocol Buffers (wire format: protobuf.dev/programming-guides/encoding) with the field
 * numbers of onnx.proto3. Only what a graph of fixed weights needs.
 */

export type Attributes = Record<string, { int: number } | { ints: number[] } | { float: number }>;
export type Node = { op: string; domain?: string; inputs: string[]; outputs: string[]; attributes?: Attributes };
/** A constant: its shape and its bytes, little-endian. */
export type Constant = { name: string; kind: 'float32' | 'uint8' | 'int64'; shape: number[]; bytes: Uint8Array };
/** An input or output, of float32 unless it says otherwise; a number is a fixed length, a name one that is known when it runs. */
export type Port = { name: string; kind?: Constant['kind']; shape: (number | string)[] };

const elementKind = { float32: 1, uint8: 2, int64: 7 } as const;

function varint(value: number): Uint8Array {
  const bytes: number[] = [];
  let rest = value;
  do {
    bytes.push((rest % 128) + (rest >= 128 ? 128 : 0));
    rest = Math.floor(rest / 128);
  } while (rest > 0);
  return Uint8Array.from(bytes);
}
const int = (field: number, value: number) => Buffer.concat([varint(field * 8), varint(value)]);
const bytes = (field: number, value: Uint8Array) => Buffer.concat([varint(field * 8 + 2), varint(value.length), value]);
const text = (field: number, value: string) => bytes(field, Buffer.from(value));
const message = (field: number, ...parts: Uint8Array[]) => bytes(field, Buffer.concat(parts));
const float = (field: number, value: number) => {
  const four = Buffer.alloc(4);
  four.writeFloatLE(value);
  return Buffer.concat([varint(field * 8 + 5), four]);
};

function attribute(name: string, value: Attributes[string]): Uint8Array {
  if ('int' in value) return message(5, text(1, name), int(3, value.int), int(20, 2));
  if ('ints' in value) return message(5, text(1, name), ...value.ints.map((one) => int(8, one)), int(20, 7));
  return message(5, text(1, name), float(2, value.float), int(20, 1));
}

const node = ({ op, domain = '', inputs, outputs, attributes = {} }: Node) =>
  message(
    1,
    ...inputs.map((name) => text(1, name)),
    ...outputs.map((name) => text(2, name)),
    text(4, op),
    ...Object.entries(attributes).map(([name, value]) => attribute(name, value)),
    text(7, domain),
  );

const constant = ({ name, kind, shape, bytes: raw }: Constant) =>
  message(5, ...shape.map((length) => int(1, length)), int(2, elementKind[kind]), text(8, name), bytes(9, raw));

const port = (field: number, { name, kind = 'float32', shape }: Port) => {
  const dimensions = shape.map((length) => message(1, typeof length === 'number' ? int(1, length) : text(2, length)));
  return message(field, text(1, name), message(2, message(1, int(1, elementKind[kind]), message(2, ...dimensions))));
};

/** The bytes of a model: ONNX operators of version 17 and those that ONNX Runtime adds (its `com.microsoft`). */
export function writeOnnx(graph: { nodes: Node[]; constants: Constant[]; inputs: Port[]; outputs: Port[] }): Buffer {
  return Buffer.concat([
    int(1, 8),
    message(
      7,
      ...graph.nodes.map(node),
      text(2, 'wayside'),
      ...graph.constants.map(constant),
      ...graph.inputs.map((one) => port(11, one)),
      ...graph.outputs.map((one) => port(12, one)),
    ),
    message(8, text(1, ''), int(2, 17)),
    message(8, text(1, 'com.microsoft'), int(2, 1)),
  ]);
}
