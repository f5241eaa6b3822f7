import type { Piece } from '../dialogue/grammar/template.ts';

/** What a list of a template holds: templates again; nothing for a list that has no end (any number). */
export type ListOf = (name: string) => readonly Piece[];

/** Lists within lists are followed so far. */
const deepest = 4;

/** Deals the options one by one as from a shuffled deck, and again from the start when all were dealt: each is chosen as often as any other. */
function fairChoice(random: (below: number) => number) {
  const decks = new Map<readonly unknown[], number[]>();
  return <T>(options: readonly T[]): T | undefined => {
    if (options.length === 0) return undefined;
    let deck = decks.get(options);
    if (!deck?.length) {
      deck = options.map((_, at) => at);
      decks.set(options, deck);
    }
    const [at] = deck.splice(random(deck.length), 1);
    return options[at!];
  };
}

/**
 * Sentences that templates stand for: enough that whatever may be said is in one of them and stands beside most of what it may stand beside, rather
 * than each with each, which are millions. The same ones for the same templates.
 * @param most as many sentences at most
 */
export function expandTemplates(templates: readonly Piece[], listOf: ListOf, most: number): string[] {
  let state = 1;
  // Park & Miller's minimal standard generator (CACM 31(10), 1988).
  const choose = fairChoice((below) => {
    state = (state * 48271) % 2147483647;
    return state % below;
  });
  function say(piece: Piece, depth: number): string | undefined {
    if ('text' in piece) return piece.text;
    if ('all' in piece) {
      const parts = piece.all.map((part) => say(part, depth));
      return parts.includes(undefined) ? undefined : parts.join('');
    }
    const chosen = 'any' in piece ? choose(piece.any) : depth < deepest ? choose(listOf(piece.list)) : undefined;
    return chosen && say(chosen, 'any' in piece ? depth : depth + 1);
  }
  const said = new Set<string>();
  // A template of few sentences soon says nothing new.
  for (let round = 0; templates.length > 0 && round < 3 * most && said.size < most; round++) {
    const sentence = say(choose(templates)!, 0)?.replace(/\s+/g, ' ').trim();
    if (sentence) said.add(sentence);
  }
  return [...said];
}
