import { WaysideError } from '@wayside/protocol';
import type { Asked, CompiledTemplates } from './automaton.ts';
import { finish, GrowingGraph, skip, space, start } from './graph.ts';
import { simplify } from './sentence.ts';
import type { Piece } from './template.ts';

const maxNodes = 4_000;

/** Many templates, put into one nondeterministic automaton. */
export class Templates<T> {
  private readonly graph = new GrowingGraph();
  private readonly asked: Asked[] = [];
  private readonly labels = new Map<string, number>();
  private readonly meanings: T[] = [];
  /** Where among the meanings each lies, as JSON: many sentences mean the same. */
  private readonly places = new Map<string, number>();
  private readonly spaced: boolean;
  /** Their whole words. */
  readonly words = new Set<string>();

  /** @param spaced whether the language puts spaces between words */
  constructor(spaced: boolean) {
    this.spaced = spaced;
    this.graph.node();
  }

  /** Adds a template that means `meaning`. Throws `pack-invalid` when it grows beyond 4,000 nodes. */
  add(piece: Piece, meaning: T): void {
    const origin = this.graph.size;
    const end = this.build(piece, this.step(start, skip, origin), origin);
    this.graph.link(end, finish, this.placeOf(meaning));
  }

  compiled(): CompiledTemplates<T> {
    const { graph, asked, meanings, spaced } = this;
    return { graph: graph.data(), asked, meanings, spaced };
  }

  private placeOf(meaning: T): number {
    const key = JSON.stringify(meaning);
    const place = this.places.get(key) ?? this.meanings.push(meaning) - 1;
    this.places.set(key, place);
    return place;
  }

  /** A new node behind `from`. */
  private step(from: number, label: number, origin: number): number {
    if (this.graph.size - origin > maxNodes)
      throw new WaysideError('pack-invalid', `A template stands for more than ${maxNodes} places; split it.`);
    const to = this.graph.node();
    this.graph.link(from, label, to);
    return to;
  }

  private build(piece: Piece, from: number, origin: number): number {
    if ('all' in piece) return piece.all.reduce((at, each) => this.build(each, at, origin), from);
    if ('any' in piece) {
      const ends = piece.any.map((each) => this.build(each, this.step(from, skip, origin), origin));
      const end = this.graph.node();
      for (const each of ends) this.graph.link(each, skip, end);
      return end;
    }
    if ('list' in piece) {
      const { list, slot } = piece;
      return this.step(from, this.labelOf(`{${list}:${slot}}`, { list, slot }), origin);
    }
    let at = from;
    for (const part of simplify(piece.text).split(/( )/)) {
      if (part === '') continue;
      if (part !== ' ') this.words.add(part);
      at = this.step(at, part === ' ' ? space : this.labelOf(part, part), origin);
    }
    return at;
  }

  private labelOf(key: string, asked: Asked): number {
    let label = this.labels.get(key);
    if (label === undefined) {
      label = this.asked.push(asked) - 1;
      this.labels.set(key, label);
    }
    return label;
  }
}
