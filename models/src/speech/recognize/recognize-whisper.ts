import type { Locale } from '@wayside/protocol';
import { type Favoured, hearAlong } from '../ears/hear-along.ts';
import type { Recognizer } from '../recognizer.ts';
import { createPieceBias, fitOfPieces } from './bias-pieces.ts';
import type { RecognizerFiles } from './load-recognizer.ts';
import { loadWhisper } from './whisper.ts';
import { readWhisperPieces } from './whisper-pieces.ts';

/** A second of fast Chinese speech is six characters, of which each may be two or three pieces. */
const piecesPerSecond = 16;
/** The decoder has 448 places, four of which hold its marks. */
const longest = 440;

/** While looking along the phrases hardly anything else is looked at; how well what is found was heard is judged afterwards. */
const weights = { afterTwo: 8, afterOne: 4, begins: 2, said: 1 };
/** What a piece in its place, a character or two, is worth against how it was heard. */
const fitting = 1.2;

/** Writes down what was said with Whisper: freely, and along the phrases that are favoured. */
export async function recognizeWhisper({ model, parts }: RecognizerFiles, locale: Locale): Promise<Recognizer> {
  const pieces = readWhisperPieces(parts.words!);
  const listen = await loadWhisper(parts.weights!, pieces, locale);
  let favoured: Favoured | undefined;
  return {
    model,
    languages: [locale],
    favour({ phrases }) {
      const start = phrases.length > 0 && createPieceBias(phrases.map(pieces.cut), weights, pieces.end);
      favoured = start ? { start, fit: (said) => fitOfPieces(said, start, weights.afterTwo, pieces.end) } : undefined;
    },
    async transcribe(speech) {
      const { text, confidence } = await hearAlong(await listen(speech), {
        end: pieces.end,
        most: Math.min(longest, Math.ceil((speech.length / 16_000) * piecesPerSecond) + 4),
        text: pieces.text,
        sizeOf: ({ length }) => length,
        favoured,
        fitting,
      });
      return { text, confidence };
    },
  };
}
