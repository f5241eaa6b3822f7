import { keyOf, wordsOf, writingsOf } from './bias-words.ts';

/**
 * How much likelier a word becomes, as natural logarithms: after the two words before it, after the one, where it begins a phrase (in the middle of a
 * sentence too), or only because it is said here.
 */
export type BiasWeights = { afterTwo: number; afterOne: number; begins: number; said: number };

/** What a bias needs of a recognizer's vocabulary. */
export type CutWords = {
  piece(id: number): string;
  /** The pieces of a word, with a space before it or glued to what was before. */
  cut(word: string, glued?: boolean): number[];
  end: number;
};

/** Where a sentence stands among the phrases that are expected. */
export type BiasPlace = {
  /** The pieces that would lead on along a phrase, and how much likelier each becomes. */
  expected(): ReadonlyMap<number, number>;
  after(piece: number): BiasPlace;
};

type Node = Map<number, Node>;
/** Words of a phrase by what stands before them; `begin` and `end` stand outside any word. */
const [begin, end] = ['<', '>'];

/** Which words follow which, over all phrases: what is kept of them, so that two phrases that share words may be mixed. */
function followersOf(phrases: readonly string[]) {
  const followers = new Map<string, Set<string>>();
  const note = (before: string, word: string) => {
    const known = followers.get(before);
    if (known) known.add(word);
    else followers.set(before, new Set([word]));
  };
  for (const phrase of phrases) {
    let [first, second] = [begin, begin];
    for (const word of [...wordsOf(phrase), end]) {
      note(`${first} ${second}`, word);
      note(second, word);
      if (word !== end) note('', word);
      [first, second] = [second, keyOf(word)];
    }
  }
  return followers;
}

/**
 * Phrases that are expected, as a recognizer goes through them piece by piece. What leads on along a phrase gets likelier; nothing gets
 * impossible, so who says something else is still heard.
 */
export function createBiasGraph(phrases: readonly string[], weights: BiasWeights, words: CutWords): BiasPlace {
  const followers = followersOf(phrases);
  const tries = new Map<string, Node>();
  const marks = [',', '.', '?', '!'].flatMap((mark) => words.cut(mark, true).slice(0, 1));
  const percent = words.cut('%', true)[0];

  function trie(before: string, glued: boolean): Node | undefined {
    const known = followers.get(before);
    if (!known) return undefined;
    const name = `${glued ? '-' : ' '}${before}`;
    const made = tries.get(name);
    if (made) return made;
    const root: Node = new Map();
    for (const word of known) {
      if (word === end) continue;
      for (const writing of writingsOf(word)) {
        let at = root;
        for (const piece of words.cut(writing, glued)) {
          if (!at.has(piece)) at.set(piece, new Map());
          at = at.get(piece)!;
        }
      }
    }
    tries.set(name, root);
    return root;
  }
  type History = readonly [string, string];
  const contexts = ([first, second]: History) => [`${first} ${second}`, second, begin, ''];
  const levels = [weights.afterTwo, weights.afterOne, weights.begins, weights.said];
  const roots = (history: History, glued: boolean) => contexts(history).map((before) => trie(before, glued));
  const ends = (history: History): number => {
    const level = contexts(history)
      .slice(0, 2)
      .findIndex((before) => followers.get(before)?.has(end));
    return level < 0 ? 0 : levels[level]!;
  };

  function place(history: History, nodes: readonly (Node | undefined)[], text: string): BiasPlace {
    const done: History = text === '' ? history : [history[1], keyOf(text)];
    let known: Map<number, number> | undefined;
    function offer(into: Map<number, number>, from: readonly (Node | undefined)[]): void {
      for (const [level, node] of from.entries())
        for (const piece of node?.keys() ?? []) if (levels[level]! > (into.get(piece) ?? 0)) into.set(piece, levels[level]!);
    }
    return {
      expected() {
        if (known) return known;
        known = new Map();
        offer(known, nodes);
        if (text === '') return known;
        offer(known, roots(done, false));
        for (const piece of [words.end, ...marks]) if (ends(done) > 0) known.set(piece, ends(done));
        if (percent !== undefined && followers.get(done[1])?.has('percent')) known.set(percent, weights.afterOne);
        return known;
      },
      after(piece) {
        const written = words.piece(piece);
        if (written.startsWith(' '))
          return place(
            done,
            roots(done, false).map((node) => node?.get(piece)),
            written.slice(1),
          );
        if (written === '%') return place([done[1], 'percent'], roots([done[1], 'percent'], false), '');
        if (/^[-–]+$/.test(written)) return place(done, roots(done, true), '');
        if (/^[^\p{L}\p{N}']+$/u.test(written)) return place(done, roots(done, false), '');
        return place(
          history,
          nodes.map((node) => node?.get(piece)),
          text + written,
        );
      },
    };
  }
  return place([begin, begin], roots([begin, begin], false), '');
}
