import { z } from 'zod';
import { fromBase64Url, toBase64Url, utf8 } from './bytes.ts';
import { canonical } from './canonical.ts';
import { hashOf, hashText } from './entry.ts';
import { rootOf } from './merkle.ts';
import type { Primitives, Signer } from './primitives.ts';

const ms = z.int().nonnegative();
const place = { edge: z.string().min(1).max(80), epoch: z.int().min(1), n: z.int().min(1), at: ms, prev: hashText };
const signature = z.string().regex(/^[\w-]{85}[AQgw]$/);

/** At most so many entries lie under one seal. */
export const mostPerSeal = 64;

/**
 * A signature over the entries since the last seal. Seals and keys are one chain: `prev` is the hash of the seal or key before. A seal is also
 * the leaf the hub's log holds.
 */
export const seal = z.strictObject({
  ...place,
  /** The place of its first entry, and how many it covers. */
  first: z.int().min(1),
  count: z.int().min(1).max(mostPerSeal),
  /** Merkle root (RFC 9162) over the hashes of its entries, and the hash of the last. */
  root: hashText,
  head: hashText,
  /** The number of the key that signed. */
  key: z.int().min(1),
  sig: signature,
});
export type Seal = z.infer<typeof seal>;

/**
 * A signing key's public half, signed by the key before it (the first by itself). Its maker destroys the key before, so whoever takes the
 * machine later can sign nothing older: `seals` says how many seals there were, and none of another key can be added to them. An epoch is a
 * history that was not rolled back; it grows by one when an edge finds that it was.
 */
export const key = z.strictObject({ ...place, key: hashText, seals: z.int().nonnegative(), sig: signature });
export type Key = z.infer<typeof key>;

/** What the first key's `prev` says. */
export const nothing = toBase64Url(new Uint8Array(32));

const signedText = (what: 'seal' | 'key', body: Omit<Seal | Key, 'sig'>): Uint8Array => utf8(`wayside/${what}/1\n${canonical(body)}`);

/** Seals the entries of these hashes. */
export function makeSeal(
  p: Primitives,
  signer: Signer,
  body: Omit<Seal, 'root' | 'head' | 'count' | 'sig'>,
  hashes: readonly string[],
): Seal {
  const whole = { ...body, count: hashes.length, head: hashes.at(-1) as string, root: rootText(p, hashes) };
  return { ...whole, sig: toBase64Url(signer.sign(signedText('seal', whole))) };
}

/** @param by the key before; for an edge's first, the key itself */
export function makeKey(publicKey: Uint8Array, by: Signer, body: Omit<Key, 'key' | 'sig'>): Key {
  const whole = { ...body, key: toBase64Url(publicKey) };
  return { ...whole, sig: toBase64Url(by.sign(signedText('key', whole))) };
}

/** @param by a public key in base64url */
export function signatureHolds(p: Primitives, what: 'seal' | 'key', { sig, ...body }: Seal | Key, by: string): boolean {
  const [publicKey, bytes] = [fromBase64Url(by), fromBase64Url(sig)];
  return publicKey !== undefined && bytes !== undefined && p.verify(publicKey, signedText(what, body as never), bytes);
}

export const rootText = (p: Primitives, hashes: readonly string[]): string =>
  toBase64Url(
    rootOf(
      p,
      hashes.map((h) => fromBase64Url(h) as Uint8Array),
    ),
  );

export const hashOfLink = (p: Primitives, link: Seal | Key): string => hashOf(p, link);
