/** Label of a link over a space. */
export const space = -1;
/** Label of a link that asks for nothing. */
export const skip = -2;
/** Label of a link at which a template ends: its target is a meaning. */
export const finish = -3;
/** The node where every template begins. */
export const start = 0;

/**
 * A directed graph with labelled links as three lists of numbers: plain data. The sentence templates of all packs make tens of thousands of places,
 * most of which nobody ever comes to: lists of objects would take twenty times as much.
 */
export type GraphData = {
  /** Of each node its first link; those up to the first of the next node are its own. One longer than there are nodes. */
  first: Int32Array;
  labels: Int32Array;
  targets: Int32Array;
};

/** The same, of one's own: what another process sent are views that would keep the whole message. */
export const ownGraph = ({ first, labels, targets }: GraphData): GraphData => ({
  first: first.slice(),
  labels: labels.slice(),
  targets: targets.slice(),
});

/** A graph to be made. */
export class GrowingGraph {
  /** Of each node its labels and targets, in turn. */
  private readonly nodes: number[][] = [];

  get size(): number {
    return this.nodes.length;
  }

  /** A new node; they are numbered from 0. */
  node(): number {
    return this.nodes.push([]) - 1;
  }

  link(from: number, label: number, target: number): void {
    this.nodes[from]!.push(label, target);
  }

  /**
   * Without links that ask for nothing: what is reached over them is linked directly (Hopcroft & Ullman, Introduction to Automata Theory, 1979,
   * theorem 2.2), and nodes to which only such links lead are left out. Nodes from which the same leads on become one (Revuz, Theoretical Computer
   * Science 92(1), 1992): most templates end as others do, and less than half of the nodes is left. Templates have no loops.
   */
  data(): GraphData {
    const merged: (readonly number[])[] = [];
    const byLinks = new Map<string, number>();
    const found = new Map<number, number>();
    /** The number of a node among the merged ones, of which one comes after all to which it leads. */
    const numberOf = (node: number): number => {
      const known = found.get(node);
      if (known !== undefined) return known;
      const links = unlike(this.links(node), (label, target) => (label === finish ? target : numberOf(target)));
      const key = links.join();
      const number = byLinks.get(key) ?? merged.push(links) - 1;
      byLinks.set(key, number);
      found.set(node, number);
      return number;
    };
    // The node where all begin is the last to be numbered, and is to be the first.
    const last = numberOf(start);
    const [first, labels, targets]: [number[], number[], number[]] = [[], [], []];
    for (const links of merged.toReversed()) {
      first.push(labels.length);
      for (let l = 0; l < links.length; l += 2) {
        const [label, target] = [links[l]!, links[l + 1]!];
        labels.push(label);
        targets.push(label === finish ? target : last - target);
      }
    }
    first.push(labels.length);
    return { first: Int32Array.from(first), labels: Int32Array.from(labels), targets: Int32Array.from(targets) };
  }

  /** The links that can be followed from a node, past those that ask for nothing. */
  private *links(from: number): Generator<[label: number, target: number]> {
    const seen = new Set([from]);
    for (const node of seen) {
      const own = this.nodes[node]!;
      for (let l = 0; l < own.length; l += 2) {
        const [label, target] = [own[l]!, own[l + 1]!];
        if (label === skip) seen.add(target);
        else yield [label, target];
      }
    }
  }
}

/** Labels and targets in turn, each pair once. */
function unlike(links: Iterable<readonly [label: number, target: number]>, targetOf: (label: number, target: number) => number): number[] {
  const pairs: number[] = [];
  const seen = new Set<string>();
  for (const [label, target] of links) {
    const to = targetOf(label, target);
    const pair = `${label} ${to}`;
    if (!seen.has(pair)) pairs.push(label, to);
    seen.add(pair);
  }
  return pairs;
}
