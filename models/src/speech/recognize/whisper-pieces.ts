import { readFileSync } from 'node:fs';
import { WaysideError } from '@wayside/protocol';

export type WhisperPieces = {
  /** What must stand before the first word: a transcript of speech in this language, without times, as if it went on from a sentence written as we write. */
  begin(language: string): number[];
  end: number;
  /** All from here on are marks and no words. */
  marks: number;
  text(ids: readonly number[]): string;
  /** The numbers of a phrase as the model was taught to cut it. */
  cut(phrase: string): number[];
};

/** The bytes behind the characters of the vocabulary: those that can be seen stand for themselves, the others for 256 and on (GPT-2, `bytes_to_unicode`). */
function byteTable(): Map<string, number> {
  const seen = (byte: number) => (byte >= 33 && byte <= 126) || (byte >= 161 && byte <= 172) || byte >= 174;
  let next = 256;
  return new Map(Array.from({ length: 256 }, (_, byte): [string, number] => [String.fromCharCode(seen(byte) ? byte : next++), byte]));
}

/** Of Chinese as it was spoken before: without it, more often than not, what follows is written in traditional characters, which our packs do not know. */
const leads: Readonly<Record<string, string>> = { zh: '以下是普通话的句子。' };

/** Words with the space before them, numbers, and what stands between (GPT-2's pattern, without English's short forms). */
const runs = / ?\p{L}+| ?\p{N}+| ?[^\s\p{L}\p{N}]+|\s+/gu;

/**
 * Whisper's vocabulary, a piece a line. Its order is that in which pairs of bytes were joined when it was learned (byte-pair encoding; Sennrich et
 * al., ACL 2016), so it tells how to cut a text too.
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
  const signs = new Map(Array.from(bytes, ([sign, byte]) => [byte, sign]));
  const end = mark('endoftext');
  const leadIn = (language: string) => (leads[language] === undefined ? [] : [mark('startofprev'), ...cut(leads[language])]);
  const cut = (phrase: string) => (phrase.match(runs) ?? []).flatMap(cutRun);
  function cutRun(run: string): number[] {
    const parts = Array.from(Buffer.from(run), (byte) => signs.get(byte)!);
    for (;;) {
      let [best, at] = [end, -1];
      for (let n = 0; n + 1 < parts.length; n++) {
        const id = ids.get(parts[n]! + parts[n + 1]!);
        if (id !== undefined && id < best) [best, at] = [id, n];
      }
      if (at < 0) return parts.flatMap((part) => ids.get(part) ?? []);
      parts.splice(at, 2, parts[at]! + parts[at + 1]!);
    }
  }
  return {
    begin: (language) => [...leadIn(language), ...['startoftranscript', language, 'transcribe', 'notimestamps'].map(mark)],
    end,
    marks: end + 1,
    text: (said) =>
      Buffer.from(said.filter((id) => id < end).flatMap((id) => [...lines[id]!].flatMap((char) => bytes.get(char) ?? [])))
        .toString('utf8')
        .trim(),
    cut,
  };
}
