import { nodeHash, powerWithin, rootOf } from './merkle.ts';
import type { Primitives } from './primitives.ts';

/**
 * The hash of a complete subtree: `level` 0 are leaves, and node `index` of a level covers the leaves from `index * 2^level` on. The log's
 * owner reads it from its store, everybody else from the tiles.
 */
export type ReadNode = (level: number, index: number) => Promise<Uint8Array>;

/** The root of the tree of the first `size` leaves, from the nodes of a larger one. */
export const rootAt = (p: Primitives, size: number, node: ReadNode): Promise<Uint8Array> =>
  size === 0 ? Promise.resolve(rootOf(p, [])) : rangeHash(p, 0, size, node);

/** RFC 9162 §2.1.3.1: PATH(index, D[size]). */
export async function proveInclusion(p: Primitives, index: number, size: number, node: ReadNode): Promise<Uint8Array[]> {
  const path = async (from: number, to: number): Promise<Uint8Array[]> => {
    if (to - from === 1) return [];
    const middle = from + splitOf(to - from);
    return index < middle
      ? [...(await path(from, middle)), await rangeHash(p, middle, to, node)]
      : [...(await path(middle, to)), await rangeHash(p, from, middle, node)];
  };
  return path(0, size);
}

/** RFC 9162 §2.1.4.1: PROOF(oldSize, D[newSize]). */
export async function proveConsistency(p: Primitives, oldSize: number, newSize: number, node: ReadNode): Promise<Uint8Array[]> {
  const prove = async (from: number, to: number, whole: boolean): Promise<Uint8Array[]> => {
    if (oldSize === to) return whole ? [] : [await rangeHash(p, from, to, node)];
    const middle = from + splitOf(to - from);
    return oldSize <= middle
      ? [...(await prove(from, middle, whole)), await rangeHash(p, middle, to, node)]
      : [...(await prove(middle, to, false)), await rangeHash(p, from, middle, node)];
  };
  return oldSize === 0 || oldSize === newSize ? [] : prove(0, newSize, true);
}

/** MTH(D[from:to]) where `from` is where such a subtree may begin. */
async function rangeHash(p: Primitives, from: number, to: number, node: ReadNode): Promise<Uint8Array> {
  const size = to - from;
  if (powerWithin(size) === size) return node(Math.log2(size), from / size);
  const middle = from + splitOf(size);
  return nodeHash(p, await rangeHash(p, from, middle, node), await rangeHash(p, middle, to, node));
}

/** The largest power of two below `n`. */
const splitOf = (n: number): number => powerWithin(n - 1);
