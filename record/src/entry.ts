import { z } from 'zod';
import { fromBase64Url, toBase64Url } from './bytes.ts';
import { canonical } from './canonical.ts';
import { hashBehind } from './hash-behind.ts';
import { leafPrefix } from './merkle.ts';
import type { Primitives } from './primitives.ts';

/** 32 bytes in base64url; in its one spelling, so the last letter has no bits left over. */
export const hashText = z.string().regex(/^[\w-]{42}[AEIMQUYcgkosw048]$/);
const ms = z.int().nonnegative();

/**
 * One thing that happened, without a word of what it was: `body` only commits to it. The body and its salt lie apart, so that erasing them
 * leaves a chain that still holds.
 * @example { "n": 7, "id": "r-1", "kind": "turn", "at": 1764151200000, "body": "…", "prev": "…", "session": "s-1", "i": 3, "was": "…" }
 */
export const entry = z.strictObject({
  /** Its place in all this edge has recorded, from 1. */
  n: z.int().min(1),
  id: z.string().min(1).max(80),
  kind: z.string().min(1).max(40),
  /** The edge's clock, epoch ms. It only marks: the order is `n`. */
  at: ms,
  /** SHA-256(salt ‖ canonical body). */
  body: hashText,
  /** Hash of the entry before. */
  prev: hashText,
  /** The conversation, this entry's place in it from 1, and the hash of the one before in it. */
  session: z.string().min(1).max(80).optional(),
  i: z.int().min(1).optional(),
  was: hashText.optional(),
});
export type Entry = z.infer<typeof entry>;

/** What is to be recorded: not chained yet. `body` is its commitment, as `commit` makes it. */
export type Pending = Omit<Entry, 'prev' | 'i' | 'was'>;

/**
 * SHA-256(salt ‖ body): says nothing of the body to whoever does not have the salt, and fits no other body.
 * @param salt 32 random bytes in base64url
 * @param body its canonical text
 */
export function commit(p: Primitives, salt: string, body: string): string {
  const bytes = fromBase64Url(salt);
  if (bytes?.length !== 32) throw new Error('a salt is 32 bytes in base64url');
  return toBase64Url(hashBehind(p, bytes, body));
}

/** The hash of an entry, a seal or a key: as a leaf of RFC 9162 over its canonical text. */
export const hashOf = (p: Primitives, thing: unknown): string => hashOfText(p, canonical(thing));
/** The same, of what is canonical already. */
export const hashOfText = (p: Primitives, text: string): string => toBase64Url(hashBehind(p, leafPrefix, text));

/**
 * Chains what happened to what is recorded already.
 * @param prev hash of the last entry; of the edge's first key when there is none
 * @param lastOf the newest entry of a conversation before these: its place and hash
 */
export function chain(
  p: Primitives,
  pending: readonly Pending[],
  prev: string,
  lastOf: ReadonlyMap<string, { i: number; hash: string }>,
): { entry: Entry; hash: string }[] {
  const last = new Map(lastOf);
  let before = prev;
  return pending.map(({ n, id, kind, at, session, body }) => {
    const earlier = session === undefined ? undefined : last.get(session);
    const made: Entry = {
      n,
      id,
      kind,
      at,
      body,
      prev: before,
      ...(session === undefined ? {} : { session, i: (earlier?.i ?? 0) + 1, ...(earlier ? { was: earlier.hash } : {}) }),
    };
    before = hashOf(p, made);
    if (session !== undefined) last.set(session, { i: made.i as number, hash: before });
    return { entry: made, hash: before };
  });
}
