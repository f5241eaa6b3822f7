import { z } from 'zod';
import { fromBase64Url, toBase64Url, utf8 } from './bytes.ts';
import { canonical } from './canonical.ts';
import { hashText } from './entry.ts';
import type { NoteKey } from './note.ts';
import type { Primitives, Signer } from './primitives.ts';
import { readWitnessed } from './receipt.ts';

/**
 * A hub's log was put back from an old copy and begun anew under another key: said by its operator, since to a witness it looks as if somebody had
 * taken something back. `head` is the last head of the old log that witnesses knew, as the old log signed it; `kept` says how many of its leaves
 * the copy has. The rest is lost. `by` are the operator's keys (Ed25519, base64url) with their signatures over all but themselves.
 */
export const restoration = z.strictObject({
  at: z.int().nonnegative(),
  old: z.string().max(300),
  head: z.string().max(20_000),
  kept: z.int().nonnegative(),
  hub: z.string().max(300),
  reason: z.string().min(1).max(500),
  by: z
    .array(z.strictObject({ key: hashText, sig: z.string().regex(/^[\w-]{86}$/) }))
    .min(1)
    .max(16),
});
export type Restoration = z.infer<typeof restoration>;
/** The same on its way from holder to holder: nobody need have signed yet. */
export const restorationDraft = restoration.extend({ by: z.array(restoration.shape.by.element).max(16) });
type Unsigned = Omit<Restoration, 'by'>;

const signedText = ({ at, old, head, kept, hub, reason }: Unsigned): Uint8Array =>
  utf8(`wayside/log-restored/1\n${canonical({ at, old, head, kept, hub, reason })}`);

export const signRestoration = (said: Unsigned, signers: readonly Signer[]): Restoration => ({
  ...said,
  by: signers.map((signer) => ({ key: toBase64Url(signer.publicKey), sig: toBase64Url(signer.sign(signedText(said))) })),
});

/** The signatures of all copies on one, each key's once, its last; undefined when they are not copies of the same. */
export function joinRestorations(copies: readonly Restoration[]): Restoration | undefined {
  const [first, ...others] = copies;
  const texts = new Set(copies.map((one) => toBase64Url(signedText(one))));
  if (!first || texts.size !== 1) return undefined;
  return { ...first, by: [...new Map([first, ...others].flatMap(({ by }) => by).map((one) => [one.key, one])).values()] };
}

/** What a restoration is about, once it is proved. `lost`: leaves of the old log that witnesses knew and the copy has not. */
export type Restored = { old: NoteKey; size: number; lost: number; by: string[] };

/**
 * Reads a restoration whose every signature holds: the old log's under its last head, and each of those who say so. Whether these may say so is for
 * the reader to know.
 * @returns undefined when one does not hold, no two logs are named, or the copy has more than was known
 */
export function readRestoration(p: Primitives, said: Restoration): Restored | undefined {
  const head = readWitnessed(p, said.head, said.old, []);
  const keys = new Set(said.by.map(({ key }) => key));
  if (!head || said.hub === said.old || said.kept > head.checkpoint.size || keys.size !== said.by.length) return undefined;
  const holds = said.by.every(({ key, sig }) => {
    const [publicKey, signature] = [fromBase64Url(key), fromBase64Url(sig)];
    return publicKey && signature && p.verify(publicKey, signedText(said), signature);
  });
  return holds ? { old: head.hub, size: head.checkpoint.size, lost: head.checkpoint.size - said.kept, by: [...keys] } : undefined;
}
