import { readFileSync } from 'node:fs';
import { WaysideError } from '@wayside/protocol';

export type WhisperPieces = {
  /** What must stand before the first word: a transcript of speech in this language, without times. */
  begin(language: string): number[];
  end: number;
  /** All from here on are marks and no words. */
  marks: number;
  text(ids: readonly number[]): string;
};

/** The bytes behind the characters of the vocabulary: those that can be seen stand for themselves, the others for 256 and on (GPT-2, `bytes_to_unicode`). */
function byteTable(): Map<string, number> {
  const seen = (byte: number) => (byte >= 33 && byte <= 126) || (byte >= 161 && byte <= 172) || byte >= 174;
  let next = 256;
  return new Map(Array.from({ length: 256 }, (_, byte): [string, number] => [String.fromCharCode(seen(byte) ? byte : next++), byte]));
}

/**
 * Whisper's vocabulary, a piece a line.
 * @throws `model-corrupt` for a file without its marks
 */
export function readWhisperPieces(path: string): WhisperPieces {
  const lines = readFileSync(path, 'utf8').split('\n');
  const ids = new Map(lines.map((line, id) => [line, id]));
  const mark = (name: string): number => {
    const id = ids.get(`<|${name}|>`);
    if (id === undefined) throw new WaysideError('model-corrupt', `The vocabulary in ${path} has no ${name}.`);
    return id;
  };
  const bytes = byteTable();
  const end = mark('endoftext');
  return {
    begin: (language) => ['startoftranscript', language, 'transcribe', 'notimestamps'].map(mark),
    end,
    marks: end + 1,
    text: (said) =>
      Buffer.from(said.filter((id) => id < end).flatMap((id) => [...lines[id]!].flatMap((char) => bytes.get(char) ?? [])))
        .toString('utf8')
        .trim(),
  };
}
