import { fromBase64Url } from './bytes.ts';
import { type Checkpoint, readCheckpoint } from './checkpoint.ts';
import type { Receipt } from './file.ts';
import { provesInclusion } from './merkle.ts';
import { cosignatureV1, ed25519Note, type NoteKey, readNote, readVkey, signedBy } from './note.ts';
import type { Primitives } from './primitives.ts';

/** A checkpoint whose every signature holds: the log's own, and its witnesses'. */
export type Witnessed = { checkpoint: Checkpoint; hub: NoteKey; witnesses: NoteKey[] };

/**
 * Reads a signed checkpoint by the keys it is said to be signed with. Stricter than the format asks: every signature must be by one of these
 * keys and every key must have signed, so that nothing in the text is left unproved.
 * @returns undefined when it does not hold
 */
export function readWitnessed(p: Primitives, text: string, hubVkey: string, witnessVkeys: readonly string[]): Witnessed | undefined {
  const note = readNote(text);
  const checkpoint = note && readCheckpoint(note.text);
  const hub = readVkey(p, hubVkey);
  const witnesses = witnessVkeys.map((vkey) => readVkey(p, vkey));
  if (!checkpoint || !hub || hub.type !== ed25519Note || hub.name !== checkpoint.origin) return undefined;
  if (!witnesses.every((w): w is NoteKey => w?.type === cosignatureV1)) return undefined;
  const keys = [hub, ...witnesses];
  const apart = new Set(keys.map(({ name, id }) => `${name} ${id}`)).size === keys.length;
  const all = apart && note.signatures.length === keys.length && keys.every((one) => signedBy(p, note, one));
  return all ? { checkpoint, hub, witnesses } : undefined;
}

/** Does the log hold this leaf (a hash in base64url), as the receipt says? */
export function receiptHolds(
  p: Primitives,
  { index, proof }: Pick<Receipt, 'index' | 'proof'>,
  leaf: string,
  { size, root }: Checkpoint,
): boolean {
  const [hash, path] = [fromBase64Url(leaf), proof.map(fromBase64Url)];
  if (!hash || !path.every((step) => step !== undefined)) return false;
  return provesInclusion(p, { index, size, leaf: hash, root, proof: path as Uint8Array[] });
}
