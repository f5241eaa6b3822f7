import { Contents } from './contents.ts';
import type { Op } from './log.ts';

/** What a disk writes whole or not at all; more is torn. */
export const sector = 512;
type Pending = Extract<Op, { kind: 'write' | 'truncate' }>;

/** How what was not synced yet reaches the disk before the power goes. */
export const fates = ['nothing', 'everything', 'some writes', 'some sectors', 'the first ones', 'the last ones'] as const;
export type Fate = (typeof fates)[number];

/**
 * A disk between two syncs, on a file system such as ext4: what was synced is there; of the rest any part may be, in any order, torn at 512
 * bytes, until the next sync of that file. A file that was synced has its name as well.
 */
export class Disk {
  private readonly durable = new Map<string, Contents>();
  /** Rooms for images: memory that is taken anew for each is most of what one costs. */
  private readonly images = new Map<string, Contents>();
  private readonly pending = new Map<string, Pending[]>();
  private readonly obeysSync: boolean;

  /** @param obeysSync false: a disk that lies, for the control run */
  constructor(obeysSync = true) {
    this.obeysSync = obeysSync;
  }

  apply(op: Op): void {
    if (op.kind === 'ack') return;
    if (op.kind === 'remove') {
      this.durable.delete(op.file);
      this.pending.delete(op.file);
    } else if (op.kind === 'sync') {
      if (!this.obeysSync) return;
      const waiting = this.pending.get(op.file);
      if (!waiting) return;
      const file = this.durable.get(op.file) ?? new Contents();
      play(file, waiting);
      this.durable.set(op.file, file);
      this.pending.delete(op.file);
    } else {
      const waiting = this.pending.get(op.file);
      if (waiting) waiting.push(op);
      else this.pending.set(op.file, [op]);
    }
  }

  /** How many writes are not safe yet. */
  get unsynced(): number {
    return [...this.pending.values()].reduce((sum, ops) => sum + ops.length, 0);
  }

  /** What is found when the power comes back; it is true until the next call. */
  image(fate: Fate, random: () => number): Map<string, Buffer> {
    const image = new Map([...this.durable].map(([name, { bytes }]) => [name, bytes]));
    for (const [name, ops] of this.pending) {
      const kept = survivors(ops, fate, random);
      if (kept.length === 0) continue;
      const file = this.images.get(name) ?? new Contents();
      this.images.set(name, file);
      file.become(image.get(name) ?? Buffer.alloc(0));
      play(file, kept, fate === 'some sectors' ? () => random() < 0.5 : always);
      image.set(name, file.bytes);
    }
    return image;
  }
}

function survivors(ops: readonly Pending[], fate: Fate, random: () => number): readonly Pending[] {
  switch (fate) {
    case 'nothing':
      return [];
    case 'everything':
    case 'some sectors':
      return ops;
    case 'some writes':
      return ops.filter(() => random() < 0.5);
    case 'the first ones':
      return ops.slice(0, Math.floor(random() * (ops.length + 1)));
    // Reordered: the newest are there and what was written before them is not.
    case 'the last ones':
      return ops.slice(Math.floor(random() * (ops.length + 1)));
  }
}

/** Does all of these to the file, in whole sectors or, when torn, those that happen to reach the disk. */
function play(file: Contents, ops: readonly Pending[], reaches: () => boolean = always): void {
  for (const op of ops) {
    if (op.kind === 'truncate') {
      if (reaches()) file.resize(op.length);
      continue;
    }
    for (let at = 0; at < op.data.length; ) {
      // To the next border of a sector on the disk, not in the write.
      const end = reaches === always ? op.data.length : Math.min(op.data.length, at + sector - ((op.at + at) % sector));
      if (reaches()) file.write(op.data, op.at, at, end);
      at = end;
    }
  }
}

const always = () => true;
