/** Bounds, so that a hunt of any length takes no more memory: inputs kept for a door, and kinds of answers told apart there. */
const most = { found: 200, kinds: 2_000 };

/** What a door was given that it answered in a new way, beside the true examples. */
export class Corpus {
  private readonly examples: readonly Buffer[];
  private readonly found: Buffer[] = [];
  private readonly kinds = new Set<string>();
  private readonly random: () => number;

  constructor(examples: readonly Buffer[], random: () => number) {
    this.examples = examples;
    this.random = random;
  }

  /** One to change: a true one every other time, else one that was found. */
  draw(): Buffer {
    const from = this.found.length > 0 && this.random() < 0.5 ? this.found : this.examples;
    return from[Math.floor(this.random() * from.length)]!;
  }

  /** Keeps it where its answer is of a kind not seen here before. */
  answered(bytes: Buffer, kind: string): void {
    if (this.kinds.has(kind) || this.kinds.size >= most.kinds) return;
    this.kinds.add(kind);
    if (this.found.length < most.found) this.found.push(bytes);
    else this.found[Math.floor(this.random() * most.found)] = bytes;
  }

  get size(): number {
    return this.kinds.size;
  }
}

/** What a door said, without what it repeats of its input: figures, and all that is quoted. */
export const plain = (said: string): string =>
  said
    .slice(0, 300)
    .replace(/"[^"]*"|“[^”]*”|'[^']*'|`[^`]*`|[^\x20-\x7e]+|\d+/g, '#')
    .slice(0, 100);
