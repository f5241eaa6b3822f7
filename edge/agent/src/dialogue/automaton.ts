import { WaysideError } from '@wayside/protocol';
import { simplify } from './sentence.ts';
import type { Piece } from './template.ts';

type Edge = { text: string; to: number } | { space: true; to: number } | { list: string; slot: string; to: number };
/** What can be reached from a node without reading anything. */
type Reach<T> = { readonly edges: Edge[]; readonly ends: T[] };
type Node<T> = { edges: Edge[]; ends: T[]; skips: number[] };

/** Most nodes have one edge and nothing else; they share this. */
const none: never[] = [];

function push<T, K extends keyof Node<T>>(node: Node<T>, to: K, item: Node<T>[K][number]): void {
  if (node[to] === none) node[to] = [item] as Node<T>[K];
  else (node[to] as unknown[]).push(item);
}
type Slots = { slot: string; out: string; family: string | undefined; rest: Slots | undefined } | undefined;

/** A way to read a sentence: where it ended, what it means, which slots it filled, and how many characters were the template's own. */
export type Reading<T> = { end: number; meaning: T; slots: Slots; literal: number };
export type ListMatcher = (list: string, text: string, at: number) => readonly { end: number; out: string; family?: string }[];

const maxNodes = 4_000;
/** Readings of one place that differ only in their slots. */
const maxThreads = 8;

/**
 * Many templates as one nondeterministic automaton, read left to right in one pass (Thompson, CACM 11(6), 1968): time grows with the
 * sentence, not with the number of sentences the templates stand for.
 */
export class Automaton<T> {
  private readonly nodes: Node<T>[] = [{ edges: none, skips: none, ends: none }];
  private readonly reach = new Map<number, Reach<T>>();
  private first = new Map<string, Edge[]>();
  private ready = false;
  private readonly spaced: boolean;
  /** Whole words of the templates, for telling a typing error from a stranger. */
  readonly words = new Set<string>();

  /** @param spaced whether the language puts spaces between words */
  constructor(spaced: boolean) {
    this.spaced = spaced;
  }

  /** Adds a template that means `meaning`. Throws `pack-invalid` when it grows beyond 4,000 nodes. */
  add(piece: Piece, meaning: T): void {
    const from = this.nodes.length;
    const end = this.build(piece, this.node(0), from);
    push(this.nodes[end]!, 'ends', meaning);
    this.ready = false;
  }

  /** All ways to read `text` from `at` on; the reader decides whether they must end where it ends. */
  read(text: string, at: number, list: ListMatcher): Reading<T>[] {
    if (!this.ready) this.close();
    type Thread = { slots: Slots; literal: number };
    const places = new Map<number, Map<number, Thread[]>>();
    const readings: Reading<T>[] = [];
    const put = (place: number, node: number, slots: Slots, literal: number): boolean => {
      let nodes = places.get(place);
      if (!nodes) {
        nodes = new Map();
        places.set(place, nodes);
      }
      const threads = nodes.get(node);
      if (!threads) {
        nodes.set(node, [{ slots, literal }]);
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
    };
    put(at, 0, undefined, 0);
    for (let place = at; place <= text.length; place++) {
      const nodes = places.get(place);
      if (!nodes) continue;
      const work = [...nodes.keys()];
      for (let w = 0; w < work.length; w++) {
        const id = work[w]!;
        const { edges, ends } = this.from(id);
        for (const { slots, literal } of [...nodes.get(id)!]) {
          for (const meaning of ends) readings.push({ end: place, meaning, slots, literal });
          for (const edge of id === 0 ? (this.first.get(text[place] ?? '') ?? this.first.get('')!) : edges) {
            if ('text' in edge) {
              if (matches(text, place, edge.text)) put(place + edge.text.length, edge.to, slots, literal + edge.text.length);
            } else if ('space' in edge) {
              if (text[place] === ' ') put(place + 1, edge.to, slots, literal);
              const free = !this.spaced || place === 0 || place === text.length || text[place - 1] === ' ';
              if (free && text[place] !== ' ' && put(place, edge.to, slots, literal)) work.push(edge.to);
            } else {
              for (const { end, out, family } of list(edge.list, text, place)) {
                if (end > place) put(end, edge.to, { slot: edge.slot, out, family, rest: slots }, literal);
              }
            }
          }
        }
      }
    }
    return readings;
  }

  private bare(): number {
    return this.nodes.push({ edges: none, skips: none, ends: none }) - 1;
  }

  private node(from: number): number {
    const to = this.bare();
    push(this.nodes[from]!, 'skips', to);
    return to;
  }

  private step(from: number, edge: (to: number) => Edge, origin: number): number {
    if (this.nodes.length - origin > maxNodes)
      throw new WaysideError('pack-invalid', `A template stands for more than ${maxNodes} places; split it.`);
    const to = this.bare();
    push(this.nodes[from]!, 'edges', edge(to));
    return to;
  }

  private build(piece: Piece, from: number, origin: number): number {
    if ('all' in piece) return piece.all.reduce((at, each) => this.build(each, at, origin), from);
    if ('any' in piece) {
      const ends = piece.any.map((each) => this.build(each, this.node(from), origin));
      const end = this.bare();
      for (const each of ends) push(this.nodes[each]!, 'skips', end);
      return end;
    }
    if ('list' in piece) return this.step(from, (to) => ({ list: piece.list, slot: piece.slot, to }), origin);
    let at = from;
    for (const part of simplify(piece.text).split(/( )/)) {
      if (part === '') continue;
      if (part !== ' ') this.words.add(part);
      at = this.step(at, (to) => (part === ' ' ? { space: true, to } : { text: part, to }), origin);
    }
    return at;
  }

  /** Follows the skips from a node once, when it is first reached: most nodes of a large grammar never are. */
  private from(id: number): Reach<T> {
    const known = this.reach.get(id);
    if (known) return known;
    const node = this.nodes[id]!;
    if (node.skips.length === 0) return node;
    const seen = new Set([id]);
    const reach: Reach<T> = { edges: [], ends: [] };
    for (const each of seen) {
      const { edges, skips, ends } = this.nodes[each]!;
      for (const edge of edges) reach.edges.push(edge);
      for (const end of ends) reach.ends.push(end);
      for (const skip of skips) seen.add(skip);
    }
    this.reach.set(id, reach);
    return reach;
  }

  /** Sorts the first words of all templates by their first letter. */
  private close(): void {
    this.reach.clear();
    const { edges } = this.from(0);
    const anywhere = edges.filter((edge) => !('text' in edge));
    this.first = new Map([['', anywhere]]);
    for (const edge of edges) {
      if (!('text' in edge)) continue;
      const char = edge.text[0]!;
      const known = this.first.get(char);
      if (known) known.push(edge);
      else this.first.set(char, [...anywhere, edge]);
    }
    // A missing character may be any first one.
    this.first.set(anyChar, edges);
    this.ready = true;
  }
}

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
