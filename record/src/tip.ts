import { chain, type Entry, type Pending } from './entry.ts';
import type { Primitives, Signer } from './primitives.ts';
import { hashOfLink, type Key, makeKey, makeSeal, nothing, type Seal } from './seal.ts';

/** Where a record has come to: all that its maker must know to go on. */
export type Tip = {
  edge: string;
  epoch: number;
  /** Number of the key in use, and how many seals there are. */
  key: number;
  seals: number;
  /** Hash of the seal or key before the next one. */
  link: string;
  /** Place and hash of the last entry that is sealed. */
  last: number;
  head: string;
};

/** Begins a record with its first key. */
export function begin(p: Primitives, edge: string, signer: Signer, at: number): { key: Key; tip: Tip } {
  const key = makeKey(signer.publicKey, signer, { edge, epoch: 1, n: 1, at, prev: nothing, seals: 0 });
  const link = hashOfLink(p, key);
  return { key, tip: { edge, epoch: 1, key: 1, seals: 0, link, last: 0, head: link } };
}

/** Puts the entries next in line under one seal. */
export function sealNext(
  p: Primitives,
  tip: Tip,
  signer: Signer,
  pending: readonly Pending[],
  lastOf: ReadonlyMap<string, { i: number; hash: string }>,
  at: number,
): { entries: { entry: Entry; hash: string }[]; seal: Seal; hash: string; tip: Tip } {
  const entries = chain(p, pending, tip.head, lastOf);
  const body = { edge: tip.edge, epoch: tip.epoch, n: tip.seals + 1, at, prev: tip.link, first: tip.last + 1, key: tip.key };
  const seal = makeSeal(
    p,
    signer,
    body,
    entries.map(({ hash }) => hash),
  );
  const hash = hashOfLink(p, seal);
  return { entries, seal, hash, tip: { ...tip, seals: seal.n, link: hash, last: tip.last + seal.count, head: seal.head } };
}

/**
 * Hands over to the next key. The caller destroys the old one once this is stored.
 * @param newEpoch the history before was found to be rolled back
 */
export function nextKey(p: Primitives, tip: Tip, old: Signer, publicKey: Uint8Array, at: number, newEpoch = false): { key: Key; tip: Tip } {
  const epoch = tip.epoch + (newEpoch ? 1 : 0);
  const key = makeKey(publicKey, old, { edge: tip.edge, epoch, n: tip.key + 1, at, prev: tip.link, seals: tip.seals });
  return { key, tip: { ...tip, epoch, key: key.n, link: hashOfLink(p, key) } };
}
