/** A list of whole numbers that grows, four bytes each: a list of objects takes twenty times as much. */
class Numbers {
  private items = new Int32Array(64);
  length = 0;

  push(number: number): void {
    if (this.length === this.items.length) {
      const wider = new Int32Array(Math.ceil(this.length * 1.5));
      wider.set(this.items);
      this.items = wider;
    }
    this.items[this.length++] = number;
  }
  at(index: number): number {
    return this.items[index]!;
  }
  set(index: number, number: number): void {
    this.items[index] = number;
  }
}

const none = -1;

/**
 * A directed graph with labelled links, packed into four lists of numbers: the sentence templates of all packs make tens of thousands of
 * places, most of which nobody ever comes to.
 */
export class Graph {
  /** Of each node the link that was added last. */
  private readonly newest = new Numbers();
  private readonly labels = new Numbers();
  private readonly targets = new Numbers();
  /** Of each link the one that was added before it to the same node. */
  private readonly older = new Numbers();

  get size(): number {
    return this.newest.length;
  }

  /** A new node; they are numbered from 0. */
  node(): number {
    this.newest.push(none);
    return this.newest.length - 1;
  }

  link(from: number, label: number, target: number): void {
    this.labels.push(label);
    this.targets.push(target);
    this.older.push(this.newest.at(from));
    this.newest.set(from, this.labels.length - 1);
  }

  /** The links of a node, in the order they were added. */
  links(node: number): number[] {
    const found: number[] = [];
    for (let link = this.newest.at(node); link !== none; link = this.older.at(link)) found.push(link);
    return found.reverse();
  }
  label(link: number): number {
    return this.labels.at(link);
  }
  target(link: number): number {
    return this.targets.at(link);
  }
}
