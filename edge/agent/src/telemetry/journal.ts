import type { Value } from '@wayside/protocol';
import { ByteReader, type ByteWriter } from './bytes.ts';

/** One sample as it lies in the journal; `series` is the number of its thing and signal. */
export type Entry = { series: number; at: number; value: Value };

const kinds = { number: 0, true: 1, false: 2, text: 3 };

/**
 * Samples as bytes in the order they came, cheap to write rather than small: they live only until their chunks are packed.
 * Each is a varint of series × 4 + kind, the time's difference to the one before, and the value.
 */
export function writeEntry(out: ByteWriter, { series, at, value }: Entry, before: number): void {
  const kind = typeof value === 'number' ? kinds.number : typeof value === 'string' ? kinds.text : value ? kinds.true : kinds.false;
  out.varint(series * 4 + kind);
  out.signed(at - before);
  if (typeof value === 'number') out.float(value);
  else if (typeof value === 'string') {
    const text = Buffer.from(value);
    out.varint(text.length);
    out.bytes(text);
  }
}

/** Calls `each` with every entry. Throws RangeError on bytes that are not a journal's. */
export function readEntries(bytes: Uint8Array, each: (entry: Entry) => void): void {
  const input = new ByteReader(bytes);
  let at = 0;
  while (!input.ended) {
    const head = input.varint();
    at += input.signed();
    const kind = head % 4;
    const value =
      kind === kinds.number
        ? input.float()
        : kind === kinds.text
          ? Buffer.from(input.bytes(input.varint())).toString('utf8')
          : kind === kinds.true;
    each({ series: Math.floor(head / 4), at, value });
  }
}
