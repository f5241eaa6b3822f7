import type { Locale } from '@wayside/protocol';
import type { RecognizerFiles } from './load-recognizer.ts';
import { loadMoonshine, soundRate } from './moonshine.ts';
import { endOfSpeech, readMoonshinePieces } from './moonshine-pieces.ts';
import type { Recognizer } from './recognizer.ts';

/** Nobody says more pieces of words in a second (the limit Moonshine's authors give); a model that does repeats itself. */
const piecesPerSecond = 6.5;

function likeliest(chances: Float32Array): number {
  let best = 0;
  for (let id = 1; id < chances.length; id++) if (chances[id]! > chances[best]!) best = id;
  return best;
}

/** Writes down what was said with Moonshine. */
export async function recognizeMoonshine({ model, parts }: RecognizerFiles, locale: Locale): Promise<Recognizer> {
  const pieces = readMoonshinePieces(parts.pieces!);
  const moonshine = await loadMoonshine({ encoder: parts.encoder!, decoder: parts.decoder! });
  return {
    model,
    languages: [locale],
    favour() {},
    async transcribe(speech) {
      let at = await moonshine.listen(speech);
      const said: number[] = [];
      let chance = 0;
      const most = Math.ceil((speech.length / soundRate) * piecesPerSecond) + 2;
      while (said.length < most) {
        const id = likeliest(at.chances);
        chance += at.chances[id]!;
        if (id === endOfSpeech) break;
        said.push(id);
        at = await at.next([0], [id]);
      }
      return { text: pieces.text(said), confidence: Math.exp(chance / (said.length + 1)) };
    },
  };
}
