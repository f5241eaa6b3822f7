/** A directed graph with labelled links as four lists of numbers: plain data. */
export type GraphData = {
  /** Of each node the link that was added last, or `none`. */
  newest: Int32Array;
  labels: Int32Array;
  targets: Int32Array;
  /** Of each link the one that was added before it to the same node, or `none`. */
  older: Int32Array;
};

const none = -1;

/**
 * A graph to be walked. The sentence templates of all packs make tens of thousands of places, most of which nobody ever comes to: lists of
 * objects would take twenty times as much.
 */
export class Graph {
  private readonly held: GraphData;

  constructor({ newest, labels, targets, older }: GraphData) {
    // Its own: what another process sent are views that would keep the whole message.
    this.held = { newest: newest.slice(), labels: labels.slice(), targets: targets.slice(), older: older.slice() };
  }

  /** The links of a node, in the order they were added. */
  links(node: number): number[] {
    const found: number[] = [];
    for (let link = this.held.newest[node]!; link !== none; link = this.held.older[link]!) found.push(link);
    return found.reverse();
  }
  label(link: number): number {
    return this.held.labels[link]!;
  }
  target(link: number): number {
    return this.held.targets[link]!;
  }
}

/** A graph to be made. */
export class GrowingGraph {
  private readonly newest: number[] = [];
  private readonly labels: number[] = [];
  private readonly targets: number[] = [];
  private readonly older: number[] = [];

  get size(): number {
    return this.newest.length;
  }

  /** A new node; they are numbered from 0. */
  node(): number {
    return this.newest.push(none) - 1;
  }

  link(from: number, label: number, target: number): void {
    this.older.push(this.newest[from]!);
    this.newest[from] = this.labels.push(label) - 1;
    this.targets.push(target);
  }

  data(): GraphData {
    const { newest, labels, targets, older } = this;
    return {
      newest: Int32Array.from(newest),
      labels: Int32Array.from(labels),
      targets: Int32Array.from(targets),
      older: Int32Array.from(older),
    };
  }
}
