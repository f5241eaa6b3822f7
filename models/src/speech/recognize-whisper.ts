import type { Locale } from '@wayside/protocol';
import { chooseSaid } from './choose-said.ts';
import type { RecognizerFiles } from './load-recognizer.ts';
import { searchBeams } from './recognize-beams.ts';
import type { Recognizer } from './recognizer.ts';
import { loadWhisper } from './whisper.ts';
import { readWhisperPieces } from './whisper-pieces.ts';

/** A second of fast Chinese speech is six characters, of which each may be two or three pieces. */
const piecesPerSecond = 16;
/** The decoder has 448 places, four of which hold its marks. */
const longest = 440;

/** Writes down what was said with Whisper. It favours nothing yet: Chinese phrases would have to be led through pieces of characters. */
export async function recognizeWhisper({ model, parts }: RecognizerFiles, locale: Locale): Promise<Recognizer> {
  const pieces = readWhisperPieces(parts.words!);
  const listen = await loadWhisper(parts.weights!, pieces, locale);
  return {
    model,
    languages: [locale],
    favour() {},
    async transcribe(speech) {
      const most = Math.min(longest, Math.ceil((speech.length / 16_000) * piecesPerSecond) + 4);
      const said = await searchBeams(await listen(speech), { beams: 4, end: pieces.end, most });
      const score = (chances: readonly number[]) => chances.reduce((sum, one) => sum + one, 0);
      const { text, confidence } = chooseSaid(
        said.map((one) => ({ ...one, text: pieces.text(one.pieces), fit: 0, score: score(one.chances) })),
      );
      return { text, confidence };
    },
  };
}
