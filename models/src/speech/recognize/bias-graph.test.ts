import { describe, expect, it } from 'vitest';
import { createRewriter, fitOf } from './bias-fit.ts';
import { type CutWords, createBiasGraph } from './bias-graph.ts';

/** A vocabulary in which every letter is a piece, and so is a letter with a space before it. */
const letters = [...' abcdefghijklmnopqrstuvwxyz0123456789.,?!%-'];
const named = [...letters, ...letters.map((one) => ` ${one}`)];
const words: CutWords = {
  end: 999,
  piece: (id) => named[id] ?? '',
  cut: (word, glued = false) => [...word.toLowerCase()].map((letter, at) => named.indexOf(at === 0 && !glued ? ` ${letter}` : letter)),
};
const weights = { afterTwo: 8, afterOne: 4, begins: 2, said: 1 };
const graph = createBiasGraph(['open the vent', 'open the 2 valves', 'vent'], weights, words);
const spell = (text: string) => text.split(' ').flatMap((word) => words.cut(word));
const after = (text: string) => spell(text).reduce((place, piece) => place.after(piece), graph);
const gain = (text: string, next: string) => after(text).expected().get(named.indexOf(next)) ?? 0;
const fit = (text: string) => fitOf(spell(text), graph, weights.afterTwo, words);

describe('what is expected', () => {
  it('grows with how much of a phrase was said before', () => {
    expect(gain('open the', ' v')).toBe(8);
    expect(gain('shut the', ' v')).toBe(4);
    expect(gain('shut my', ' t')).toBe(1);
    expect(gain('open the', ' x')).toBe(0);
  });
  it('leads on within a word, and through the same word written in letters or digits', () => {
    expect(gain('open the v', 'e')).toBe(8);
    expect(gain('open the', ' t')).toBe(8);
    expect(gain('open the two', ' v')).toBe(8);
    expect(gain('open the 2', ' v')).toBe(8);
  });
  it('lets a phrase begin anew after words that are in none', () => {
    expect(gain('would you please', ' o')).toBe(2);
  });
  it('expects the end where a phrase ends, and nowhere else', () => {
    expect(after('open the vent').expected().get(words.end)).toBe(8);
    expect(after('open the').expected().get(words.end)).toBeUndefined();
  });
});

describe('how well a sentence fits', () => {
  it('counts its words where phrases have them, the end as one', () => {
    expect(fit('open the vent')).toBe(4);
    expect(fit('shut your door')).toBe(0);
    expect(fit('please open the vent')).toBeGreaterThan(1);
    expect(fit('please open the vent')).toBeLessThan(4);
  });
});

describe('writing as the phrases do', () => {
  const rewrite = createRewriter(['can I get an eight ounce iced coffee', 'set it to fifty percent', 'Drive mode', 'can i drive on']);
  it.each([
    ['Can i get an 8-Ounce iced Coffee?', 'Can I get an eight ounce iced coffee?'],
    ['Set it to 50%.', 'Set it to fifty percent.'],
    ['Can i Drive on?', 'Can I drive on?'],
    ['A well-known thing', 'A well-known thing'],
  ])('writes %s as %s', (heard, written) => {
    expect(rewrite(heard)).toBe(written);
  });
});
