/** 32-bit floats as base64, so that a state is short in JSON, quick to write, and exactly what it was (NaN included). */
export const textOf = (floats: Float32Array): string => Buffer.from(floats.buffer, floats.byteOffset, floats.byteLength).toString('base64');

/**
 * Fills an array from such a text.
 * @throws RangeError when it holds another number of floats
 */
export function fill(floats: Float32Array, text: string): void {
  const bytes = Buffer.from(text, 'base64');
  if (bytes.length !== floats.byteLength) throw new RangeError(`${bytes.length} bytes where ${floats.byteLength} belong`);
  new Uint8Array(floats.buffer, floats.byteOffset, floats.byteLength).set(bytes);
}
