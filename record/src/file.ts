import { z } from 'zod';
import { toBase64Url } from './bytes.ts';
import { canonical } from './canonical.ts';
import { entry, hashText } from './entry.ts';
import { hashBehind } from './hash-behind.ts';
import type { Primitives } from './primitives.ts';
import { restoration } from './restoration.ts';
import { key, seal } from './seal.ts';

/**
 * A record as a file: JSON Lines, each line canonical (RFC 8785), one thing a line, in the order it happened. What each line may be:
 *
 * | line | what it is |
 * | --- | --- |
 * | `{"edge","format","session"?}` | the first line. With a session: that conversation, and of other entries only the hash |
 * | `{"key"}` | a signing key, from the first one on |
 * | `{"body","entry","salt"}` | an entry with what was recorded; without body and salt when that was erased |
 * | `{"hash"}` | an entry that is not for the reader of this file |
 * | `{"seal"}` | closes the entries since the last seal |
 * | `{"receipt"}` | that the hub's log holds the seal of this number |
 * | `{"restored"}` | that the hub's log was put back from an old copy; receipts of the log after it may follow |
 *
 * The last entry is of kind `export`; its body says the digest of all lines before it. The last line is its seal.
 */
export const format = 'wayside-record/1';

export const header = z.strictObject({
  edge: z.string().min(1).max(80),
  format: z.literal(format),
  session: z.string().min(1).max(80).optional(),
});
export type Header = z.infer<typeof header>;

/** Where a seal lies in the hub's log, with the proof; `hub` and `witnesses` are vkeys (c2sp.org/signed-note). */
export const receipt = z.strictObject({
  seal: z.int().min(1),
  index: z.int().nonnegative(),
  proof: z.array(hashText).max(64),
  checkpoint: z.string().max(20_000),
  hub: z.string().max(300),
  witnesses: z.array(z.string().max(300)).max(32),
});
export type Receipt = z.infer<typeof receipt>;

/** What the entry that closes a file says of it: the digest of the lines before, and how many there are. */
export const closing = z.looseObject({ file: hashText, lines: z.int().min(1) });
/** What an erasure says: the entries (by place) whose bodies are no more, and why; `age` where nobody asked for it. */
export const erasure = z.looseObject({
  erased: z.array(z.int().min(1)).min(1).max(10_000),
  reason: z.string().max(200),
  why: z.string().max(40).optional(),
});

export const lineForms = {
  format: header,
  entry: z.strictObject({ entry, body: z.unknown().optional(), salt: hashText.optional() }),
  hash: z.strictObject({ hash: hashText }),
  key: z.strictObject({ key }),
  seal: z.strictObject({ seal }),
  receipt: z.strictObject({ receipt }),
  restored: z.strictObject({ restored: restoration }),
} as const;

/** The digest of the lines so far: each line is folded into what was before. */
export const foldLine = (p: Primitives, before: Uint8Array, line: string): Uint8Array => hashBehind(p, before, `${line}\n`);
export const noLines: Uint8Array = new Uint8Array(32);

/** Writes lines one by one, and knows the digest of those written. */
export function createWriter(p: Primitives) {
  const lines: string[] = [];
  let digest = noLines;
  return {
    add(line: unknown): void {
      const text = canonical(line);
      lines.push(text);
      digest = foldLine(p, digest, text);
    },
    closing: () => ({ file: toBase64Url(digest), lines: lines.length }),
    text: () => `${lines.join('\n')}\n`,
  };
}
