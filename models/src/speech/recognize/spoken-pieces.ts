import { inPieces } from '../mouth/sentences.ts';
import { spokenForm } from '../spoken-form/spoken-form.ts';
import type { SpeakRequest } from '../synthesizer.ts';

/** A piece of a text, and how it is said. */
export type SpokenText = { text: string; spoken: string };

/** The pieces of a text with what is said for each; what has no sound (a rule, an emoji) goes with the piece before it. */
export function spokenPieces({ text, locale, names }: Pick<SpeakRequest, 'text' | 'locale' | 'names'>): SpokenText[] {
  const pieces: SpokenText[] = [];
  let silent = '';
  for (const piece of inPieces(text, locale)) {
    const spoken = spokenForm(piece, locale, names);
    const before = pieces.at(-1);
    if (spoken) {
      pieces.push({ text: silent + piece, spoken });
      silent = '';
    } else if (before) before.text += piece;
    else silent += piece;
  }
  return pieces;
}
