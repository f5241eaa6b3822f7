import type { Locale } from '@wayside/protocol';
import { type Favoured, hearAlong } from '../ears/hear-along.ts';
import type { Recognizer } from '../recognizer.ts';
import { createRewriter, fitOf } from './bias-fit.ts';
import { createBiasGraph } from './bias-graph.ts';
import { wordsOf } from './bias-words.ts';
import type { RecognizerFiles } from './load-recognizer.ts';
import { loadMoonshine, soundRate } from './moonshine.ts';
import { endOfSpeech, readMoonshinePieces } from './moonshine-pieces.ts';

/** Nobody says more pieces of words in a second (the limit Moonshine's authors give); a model that does repeats itself. */
const piecesPerSecond = 6.5;
const spare = 4;
/** While looking along the phrases hardly anything else is looked at; how well what is found was heard is judged afterwards. */
const weights = { afterTwo: 12, afterOne: 6, begins: 3, said: 1 };
/** What a word in its place is worth against how it was heard, as a natural logarithm. Of what was said, phrases cost 0 to 2.5 a word; of what was not, 4.4 and more. */
const fitting = 3.2;
/** Letters and short words begin better out of silence. */
const lead = soundRate / 4;

const padded = (speech: Float32Array): Float32Array => {
  const all = new Float32Array(speech.length + 2 * lead);
  all.set(speech, lead);
  return all;
};

/** Writes down what was said with Moonshine: once freely and once along the phrases that are favoured, and takes what is likelier with both in view. */
export async function recognizeMoonshine({ model, parts }: RecognizerFiles, locale: Locale): Promise<Recognizer> {
  const pieces = { ...readMoonshinePieces(parts.pieces!), end: endOfSpeech };
  const listen = await loadMoonshine({ encoder: parts.encoder!, decoder: parts.decoder! });
  let favoured: (Favoured & { rewrite: (text: string) => string }) | undefined;

  return {
    model,
    languages: [locale],
    favour({ phrases }) {
      const start = phrases.length > 0 && createBiasGraph(phrases, weights, pieces);
      favoured = start
        ? { start, fit: (said) => fitOf(said, start, weights.afterTwo, pieces), rewrite: createRewriter(phrases) }
        : undefined;
    },
    async transcribe(speech) {
      const at = await listen(padded(speech));
      const { text, fit, confidence } = await hearAlong(at, {
        end: endOfSpeech,
        most: Math.ceil((speech.length / soundRate) * piecesPerSecond) + spare,
        text: pieces.text,
        sizeOf: (said) => wordsOf(pieces.text(said)).length,
        favoured,
        fitting,
      });
      return { text: favoured && fit >= 1 ? favoured.rewrite(text) : text, confidence };
    },
  };
}
