import { joinBytes, sameBytes } from './bytes.ts';
import type { Primitives } from './primitives.ts';

/** The Merkle tree of RFC 9162 §2.1 (the tree of RFC 6962), over SHA-256. Sizes are below 2^53. */

/** §2.1.1: what comes before a leaf. */
export const leafPrefix: Uint8Array = Uint8Array.of(0);
/** §2.1.1: a leaf. */
export const leafHash = ({ sha256 }: Primitives, data: Uint8Array): Uint8Array => sha256(joinBytes(leafPrefix, data));
/** §2.1.1: an inner node. */
export const nodeHash = ({ sha256 }: Primitives, left: Uint8Array, right: Uint8Array): Uint8Array =>
  sha256(joinBytes(Uint8Array.of(1), left, right));

/** §2.1.1: the root over leaf hashes; of none, the hash of nothing. */
export function rootOf(p: Primitives, leaves: readonly Uint8Array[]): Uint8Array {
  if (leaves.length === 0) return p.sha256(new Uint8Array());
  let level = [...leaves];
  // A node without a sibling goes up as it is: that is the same tree as the split at the largest power of two.
  while (level.length > 1) {
    const up: Uint8Array[] = [];
    for (let i = 0; i + 1 < level.length; i += 2) up.push(nodeHash(p, level[i] as Uint8Array, level[i + 1] as Uint8Array));
    if (level.length % 2 === 1) up.push(level.at(-1) as Uint8Array);
    level = up;
  }
  return level[0] as Uint8Array;
}

/** §2.1.3.2: does `proof` lead from the leaf at `index` to the root of a tree of `size` leaves? */
export function provesInclusion(
  p: Primitives,
  { index, size, leaf, root, proof }: { index: number; size: number; leaf: Uint8Array; root: Uint8Array; proof: readonly Uint8Array[] },
): boolean {
  if (!isSize(index) || !isSize(size) || index >= size || leaf.length !== 32) return false;
  let node = index;
  let last = size - 1;
  let hash = leaf;
  for (const sibling of proof) {
    if (last === 0) return false;
    if (node % 2 === 1 || node === last) {
      hash = nodeHash(p, sibling, hash);
      while (node % 2 === 0 && node !== 0) [node, last] = [half(node), half(last)];
    } else hash = nodeHash(p, hash, sibling);
    [node, last] = [half(node), half(last)];
  }
  return last === 0 && sameBytes(hash, root);
}

/** §2.1.4.2: is the tree of `newSize` leaves the one of `oldSize`, at least one, with more behind it? */
export function provesConsistency(
  p: Primitives,
  trees: { oldSize: number; newSize: number; oldRoot: Uint8Array; newRoot: Uint8Array; proof: readonly Uint8Array[] },
): boolean {
  const { oldSize, newSize, oldRoot, newRoot, proof } = trees;
  if (!isSize(oldSize) || !isSize(newSize) || oldSize === 0 || oldSize > newSize) return false;
  if (oldSize === newSize) return proof.length === 0 && sameBytes(oldRoot, newRoot);
  const path = powerWithin(oldSize) === oldSize ? [oldRoot, ...proof] : [...proof];
  const first = path.shift();
  if (!first || proof.length === 0) return false;
  let node = oldSize - 1;
  let last = newSize - 1;
  while (node % 2 === 1) [node, last] = [half(node), half(last)];
  let old = first;
  let fresh = first;
  for (const sibling of path) {
    if (last === 0) return false;
    if (node % 2 === 1 || node === last) {
      old = nodeHash(p, sibling, old);
      fresh = nodeHash(p, sibling, fresh);
      while (node % 2 === 0 && node !== 0) [node, last] = [half(node), half(last)];
    } else fresh = nodeHash(p, fresh, sibling);
    [node, last] = [half(node), half(last)];
  }
  return last === 0 && sameBytes(old, oldRoot) && sameBytes(fresh, newRoot);
}

const half = (n: number): number => Math.floor(n / 2);
const isSize = (n: number): boolean => Number.isSafeInteger(n) && n >= 0;
/** The largest power of two that is not above `n` (at least 1). By doubling: logarithms round beyond 2^48. */
export function powerWithin(n: number): number {
  let power = 1;
  while (power * 2 <= n) power *= 2;
  return power;
}
