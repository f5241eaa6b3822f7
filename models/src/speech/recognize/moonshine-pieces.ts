import { readFileSync } from 'node:fs';
import { WaysideError } from '@wayside/protocol';

/** SentencePiece's mark for a space. */
const space = '\u2581';
/** Pieces 3 to 258 stand for single bytes, of which whatever has no piece of its own is made. */
const firstByte = 3;
const byteEnd = firstByte + 256;
/** The model's table has a few rows more than the file has pieces; they mark times and are never said. */
export const endOfSpeech = 2;
export const startOfSpeech = 1;

/** The file of pieces: each its length (one byte below 128, else two: low seven bits first) and its UTF-8, in the order of their numbers. */
function readPieces(path: string): Buffer[] {
  const bytes = readFileSync(path);
  const pieces: Buffer[] = [];
  for (let at = 0; at < bytes.length; ) {
    const low = bytes[at++]!;
    const length = low < 128 ? low : (bytes[at++] ?? 0) * 128 + low - 128;
    if (at + length > bytes.length) throw new WaysideError('model-corrupt', `The pieces in ${path} end in the middle of one.`);
    pieces.push(bytes.subarray(at, at + length));
    at += length;
  }
  if (pieces.length < byteEnd) throw new WaysideError('model-corrupt', `${path} holds ${pieces.length} pieces, too few for any language.`);
  return pieces;
}

export type MoonshinePieces = {
  count: number;
  /** What a number stands for, a space as a space; '' for a byte of a character. */
  piece(id: number): string;
  /** The text of several; those that are no text are passed over. */
  text(ids: readonly number[]): string;
  /** The numbers of one word as the model was taught to cut it, with the space before it or glued to what was before. */
  cut(word: string, glued?: boolean): number[];
};

/**
 * The vocabulary of Moonshine, which is Llama's: pairs are joined in the order in which they were learned (byte-pair encoding; Sennrich et al.,
 * ACL 2016), and the order of learning is that of the numbers.
 * @throws `model-corrupt` for a file that is no such vocabulary
 */
export function readMoonshinePieces(path: string): MoonshinePieces {
  const pieces = readPieces(path);
  const names = pieces.map((one, id) => (id < byteEnd ? '' : one.toString('utf8')));
  const ids = new Map(names.flatMap((name, id): [string, number][] => (name === '' ? [] : [[name, id]])));

  const bytesOf = (ids: readonly number[]): Buffer[] => ids.flatMap((id) => (id >= firstByte && id < pieces.length ? [pieces[id]!] : []));

  function cut(word: string, glued = false): number[] {
    const parts = [...(glued ? word : `${space}${word}`)];
    for (;;) {
      let [best, at] = [Number.POSITIVE_INFINITY, -1];
      for (let n = 0; n + 1 < parts.length; n++) {
        const id = ids.get(parts[n]! + parts[n + 1]!);
        if (id !== undefined && id < best) [best, at] = [id, n];
      }
      if (at < 0) break;
      parts.splice(at, 2, parts[at]! + parts[at + 1]!);
    }
    return parts.flatMap((part) => ids.get(part) ?? [...Buffer.from(part)].map((byte) => firstByte + byte));
  }

  return {
    count: pieces.length,
    piece: (id) => (names[id] ?? '').replaceAll(space, ' '),
    text: (ids) => Buffer.concat(bytesOf(ids)).toString('utf8').replaceAll(space, ' ').trim(),
    cut,
  };
}
