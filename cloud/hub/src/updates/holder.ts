import { createHash } from 'node:crypto';
import { join } from 'node:path';
import { Key } from '@tufjs/models';
import { check, WaysideError } from '@wayside/protocol';
import { canonical } from '@wayside/record';
import { z } from 'zod';
import { keepKey } from './keys.ts';

const form = z
  .object({
    keytype: z.literal('ed25519'),
    scheme: z.literal('ed25519'),
    keyval: z.object({ public: z.string().regex(/^[0-9a-f]{64}$/) }).strict(),
  })
  .strict();
const holder = z.object({ root: form, targets: form }).strict();
/** The public halves of a holder's keys, for whoever drafts the next root. */
export type Holder = { root: Key; targets: Key };

const keyOf = (one: z.infer<typeof form>): Key => Key.fromJSON(createHash('sha256').update(canonical(one)).digest('hex'), one);

/** Makes keys in a folder where there are none. @returns their public halves as text, and their ids */
export async function makeHolder(folder: string): Promise<{ text: string; root: string; targets: string }> {
  const [root, targets] = [await keepKey(join(folder, 'root.pem')), await keepKey(join(folder, 'targets.pem'))];
  return {
    text: JSON.stringify({ root: root.key.toJSON(), targets: targets.key.toJSON() }),
    root: root.key.keyID,
    targets: targets.key.keyID,
  };
}

/** @throws WaysideError `invalid` */
export function readHolder(text: string): Holder {
  try {
    const { root, targets } = check(holder, JSON.parse(text), 'holder');
    return { root: keyOf(root), targets: keyOf(targets) };
  } catch (cause) {
    throw new WaysideError('invalid', 'These are no public keys of a holder. “wayside updates holder” writes them.', { cause });
  }
}
