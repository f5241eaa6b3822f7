import { finish, type GraphData, ownGraph, space, start } from './graph.ts';

/** What a link asks for: words as they are written, or an entry of a list. Its label is its place among all that links ask for. */
export type Asked = string | { list: string; slot: string };
/** Templates as `Templates` compiles them: plain data. */
export type CompiledTemplates<T> = {
  graph: GraphData;
  asked: Asked[];
  meanings: T[];
  /** Whether the language puts spaces between words. */
  spaced: boolean;
};

type Slots = { slot: string; out: string; family: string | undefined; rest: Slots | undefined } | undefined;

/** A way to read a sentence: where it ended, what it means, which slots it filled, and how many characters were the template's own. */
export type Reading<T> = { end: number; meaning: T; slots: Slots; literal: number };
export type ListMatcher = (list: string, text: string, at: number) => readonly { end: number; out: string; family?: string }[];

/** Readings of one place that differ only in their slots. */
const maxThreads = 8;

type Thread = { slots: Slots; literal: number };
/** By the place in the sentence: the nodes that are reached there, each with the ways that led to it. */
type Places = Map<number, Thread[]>[];

const none: readonly never[] = [];

/** False when it was there already, at least as good. */
function put(places: Places, place: number, node: number, slots: Slots, literal: number): boolean {
  places[place] ??= new Map();
  const threads = places[place].get(node);
  if (!threads) {
    places[place].set(node, [{ slots, literal }]);
    return true;
  }
  const same = threads.find((thread) => sameSlots(thread.slots, slots));
  if (same) {
    if (same.literal >= literal) return false;
    same.literal = literal;
    return true;
  }
  if (threads.length >= maxThreads) return false;
  threads.push({ slots, literal });
  return true;
}

/**
 * Many templates as one nondeterministic automaton, read left to right in one pass (Thompson, CACM 11(6), 1968): time grows with the
 * sentence, not with the number of sentences the templates stand for.
 */
export class Automaton<T> {
  private readonly graph: GraphData;
  private readonly asked: readonly Asked[];
  private readonly meanings: readonly T[];
  private readonly spaced: boolean;
  /** The links by which templates begin; sorted at the first sentence. */
  private begin: Beginnings | undefined;

  constructor({ graph, asked, meanings, spaced }: CompiledTemplates<T>) {
    this.graph = ownGraph(graph);
    this.asked = asked;
    this.meanings = meanings;
    this.spaced = spaced;
  }

  /**
   * All ways to read `text` from `at` on; the reader decides whether they must end where it ends. Called at every place of every sentence,
   * so it makes no object before a template begins there, and loops by number: an iterator makes one for every step.
   */
  read(text: string, at: number, list: ListMatcher): readonly Reading<T>[] {
    const { first, labels, targets } = this.graph;
    const begins = this.beginnings(text, at);
    if (begins.length === 0) return none;
    const places: Places = [];
    const readings: Reading<T>[] = [];
    put(places, at, start, undefined, 0);
    for (let place = at; place <= text.length; place++) {
      const nodes = places[place];
      if (!nodes) continue;
      const work = [...nodes.keys()];
      for (let w = 0; w < work.length; w++) {
        const node = work[w]!;
        const threads = nodes.get(node)!;
        const [from, to] = node === start ? [0, begins.length] : [first[node]!, first[node + 1]!];
        for (let l = from; l < to; l++) {
          const link = node === start ? begins[l]! : l;
          const label = labels[link]!;
          const target = targets[link]!;
          for (let t = 0; t < threads.length; t++) {
            const { slots, literal } = threads[t]!;
            if (label === finish) readings.push({ end: place, meaning: this.meanings[target]!, slots, literal });
            else if (label === space) {
              if (text[place] === ' ') put(places, place + 1, target, slots, literal);
              const free = !this.spaced || place === 0 || place === text.length || text[place - 1] === ' ';
              if (free && text[place] !== ' ' && put(places, place, target, slots, literal)) work.push(target);
            } else {
              const asked = this.asked[label]!;
              if (typeof asked === 'string') {
                if (matches(text, place, asked)) put(places, place + asked.length, target, slots, literal + asked.length);
                continue;
              }
              for (const { end, out, family } of list(asked.list, text, place)) {
                if (end > place) put(places, end, target, { slot: asked.slot, out, family, rest: slots }, literal);
              }
            }
          }
        }
      }
    }
    return readings;
  }

  /** The links by which a template can begin here: first those that begin with no word of their own. */
  private beginnings(text: string, at: number): readonly number[] {
    // A missing character may be any first one.
    if (text[at] === anyChar) return this.allBeginnings().filter((link) => this.mayFollow(link, text, at));
    this.begin ??= this.sortBeginnings();
    const { anywhere, byLetter } = this.begin;
    const own = byLetter.get(text[at] ?? '')?.filter((link) => this.mayFollow(link, text, at)) ?? none;
    return own.length === 0 ? anywhere : [...anywhere, ...own];
  }

  private mayFollow(link: number, text: string, at: number): boolean {
    const asked = this.asked[this.graph.labels[link]!];
    return typeof asked !== 'string' || matches(text, at, asked);
  }

  private allBeginnings(): number[] {
    return Array.from({ length: this.graph.first[start + 1]! }, (_, link) => link);
  }

  private sortBeginnings(): Beginnings {
    const letterOf = (link: number) => {
      const asked = this.asked[this.graph.labels[link]!];
      return typeof asked === 'string' ? asked[0] : undefined;
    };
    const { '': anywhere = [], ...byLetter } = Object.groupBy(this.allBeginnings(), (link) => letterOf(link) ?? '');
    return { anywhere, byLetter: new Map(Object.entries(byLetter) as [string, number[]][]) };
  }
}

/** Links by the first letter of their word, and those without one. Apart, for Chinese has so many first letters that together they took 0.9 MB. */
type Beginnings = { anywhere: readonly number[]; byLetter: ReadonlyMap<string, readonly number[]> };

/** Stands in a sentence for one character that was mistyped; only a template's own words may match it. */
export const anyChar = '\u0001';

function matches(text: string, at: number, part: string): boolean {
  if (text.startsWith(part, at)) return true;
  const hole = text.indexOf(anyChar, at);
  if (hole < 0 || hole >= at + part.length || part.length < 2) return false;
  return text.slice(at, hole) === part.slice(0, hole - at) && text.startsWith(part.slice(hole - at + 1), hole + 1);
}

function sameSlots(a: Slots, b: Slots): boolean {
  if (a === b) return true;
  return a !== undefined && b !== undefined && a.slot === b.slot && a.out === b.out && a.family === b.family && sameSlots(a.rest, b.rest);
}
