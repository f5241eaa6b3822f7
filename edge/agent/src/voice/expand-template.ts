import { type Piece, parseTemplate } from '../dialogue/template.ts';

/** What a list of a template holds: templates again, or nothing that can be named (any number, any code). */
export type ListOf = (name: string) => readonly Piece[];

/** Lists within lists are followed so far. */
const deepest = 4;

/** Chooses what was chosen least so far; of several, one by chance. */
function fairChoice(random: (below: number) => number) {
  const used = new Map<readonly unknown[], number[]>();
  return <T>(options: readonly T[]): T | undefined => {
    if (options.length === 0) return undefined;
    const counts = used.get(options) ?? new Array<number>(options.length).fill(0);
    used.set(options, counts);
    const least = Math.min(...counts);
    const few = counts.flatMap((count, at) => (count === least ? [at] : []));
    const at = few[random(few.length)]!;
    counts[at]!++;
    return options[at];
  };
}

/**
 * Sentences that templates stand for: so many that whatever may stand beside what was said at least once where `most` allows, rather than each
 * with each, which are millions. The same ones for the same templates.
 * @param most as many sentences at most
 */
export function expandTemplates(templates: readonly Piece[], listOf: ListOf, most: number): string[] {
  let state = 1;
  const choose = fairChoice((below) => {
    // Park & Miller's minimal standard generator (1988): the same phrases at every start.
    state = (state * 48271) % 2147483647;
    return state % below;
  });
  function one(piece: Piece, depth: number): string | undefined {
    if ('text' in piece) return piece.text;
    if ('any' in piece) {
      const chosen = choose(piece.any);
      return chosen && one(chosen, depth);
    }
    if ('list' in piece) {
      const chosen = depth < deepest ? choose(listOf(piece.list)) : undefined;
      return chosen && one(chosen, depth + 1);
    }
    const parts = piece.all.map((part) => one(part, depth));
    return parts.includes(undefined) ? undefined : parts.join('');
  }
  const said = new Set<string>();
  // A template of few sentences soon says nothing new.
  for (let round = 0; round < 4 * most && said.size < most; round++) {
    const template = choose(templates);
    const sentence = template && one(template, 0)?.replace(/\s+/g, ' ').trim();
    if (sentence) said.add(sentence);
  }
  return [...said];
}

export { parseTemplate };
