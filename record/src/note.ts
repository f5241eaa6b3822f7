import { fromBase64, joinBytes, toBase64, toHex, utf8 } from './bytes.ts';
import type { Primitives, Signer } from './primitives.ts';

/** Signed notes, c2sp.org/signed-note, with the two kinds of signature used here. */
export const ed25519Note = 0x01;
/** c2sp.org/tlog-cosignature: a witness's Ed25519 signature with the time it was made. */
export const cosignatureV1 = 0x04;

export type NoteKey = { name: string; id: string; type: number; publicKey: Uint8Array };
export type NoteSignature = { name: string; id: string; signature: Uint8Array };
export type Note = { text: string; signatures: NoteSignature[] };

const nameForm = /^[^\s+]{1,200}$/u;
const most = 64;

/** key ID = SHA-256(name ‖ 0x0A ‖ type ‖ public key)[:4], in hex. */
export function noteKey({ sha256 }: Primitives, name: string, type: number, publicKey: Uint8Array): NoteKey {
  return { name, type, publicKey, id: toHex(sha256(joinBytes(utf8(`${name}\n`), Uint8Array.of(type), publicKey)).subarray(0, 4)) };
}

/** `name+id+base64(type ‖ key)`. */
export const writeVkey = ({ name, id, type, publicKey }: NoteKey): string =>
  `${name}+${id}+${toBase64(joinBytes(Uint8Array.of(type), publicKey))}`;

/** @returns undefined for what is no vkey of an Ed25519 kind, or one whose id is not its own */
export function readVkey(p: Primitives, text: string): NoteKey | undefined {
  const [, name, id, encoded] = /^([^\s+]{1,200})\+([0-9a-f]{8})\+(.+)$/u.exec(text) ?? [];
  const bytes = encoded === undefined ? undefined : fromBase64(encoded);
  const type = bytes?.[0];
  if (!name || bytes?.length !== 33 || (type !== ed25519Note && type !== cosignatureV1)) return undefined;
  const key = noteKey(p, name, type, bytes.slice(1));
  return key.id === id ? key : undefined;
}

export const writeNote = ({ text, signatures }: Note): string => `${text}\n${signatures.map(signatureLine).join('')}`;
const signatureLine = ({ name, id, signature }: NoteSignature): string =>
  `— ${name} ${toBase64(
    joinBytes(
      Uint8Array.from(id.match(/../g) ?? [], (b) => Number.parseInt(b, 16)),
      signature,
    ),
  )}\n`;

/** @returns undefined for what is no signed note; nothing in it is proved yet */
export function readNote(whole: string): Note | undefined {
  // biome-ignore lint/suspicious/noControlCharactersInRegex: the note's own rule
  if (whole.length > 200_000 || !whole.isWellFormed() || /[\0-\x09\x0b-\x1f]/.test(whole)) return undefined;
  const split = whole.lastIndexOf('\n\n');
  if (split < 0 || !whole.endsWith('\n')) return undefined;
  const lines = whole.slice(split + 2, -1).split('\n');
  if (lines.length > most) return undefined;
  const signatures = lines.map(readSignature);
  return signatures.every((s) => s !== undefined)
    ? { text: whole.slice(0, split + 1), signatures: signatures as NoteSignature[] }
    : undefined;
}

function readSignature(line: string): NoteSignature | undefined {
  const [dash, name, encoded, ...more] = line.split(' ');
  const bytes = encoded === undefined ? undefined : fromBase64(encoded);
  if (dash !== '—' || !name || !nameForm.test(name) || !bytes || bytes.length < 5 || more.length > 0) return undefined;
  return { name, id: toHex(bytes.subarray(0, 4)), signature: bytes.slice(4) };
}

/** Signs a note's text; with `time` (seconds since 1970) as a witness. */
export function signNote(p: Primitives, text: string, name: string, signer: Signer, time?: number): NoteSignature {
  const { id } = noteKey(p, name, time === undefined ? ed25519Note : cosignatureV1, signer.publicKey);
  if (time === undefined) return { name, id, signature: signer.sign(utf8(text)) };
  return { name, id, signature: joinBytes(bigEndian(time), signer.sign(utf8(cosigned(text, time)))) };
}

/** Did this key sign the note? A note with a signature that claims to be by it and is not is signed by nobody. */
export function signedBy(p: Primitives, { text, signatures }: Note, key: NoteKey): boolean {
  const claims = signatures.filter(({ name, id }) => name === key.name && id === key.id);
  return claims.length > 0 && claims.every(({ signature }) => holds(p, text, signature, key));
}

function holds(p: Primitives, text: string, signature: Uint8Array, { type, publicKey }: NoteKey): boolean {
  if (type === ed25519Note) return p.verify(publicKey, utf8(text), signature);
  if (signature.length !== 72) return false;
  const time = signature.subarray(0, 8).reduce((sum, byte) => sum * 256 + byte, 0);
  return Number.isSafeInteger(time) && p.verify(publicKey, utf8(cosigned(text, time)), signature.slice(8));
}

const cosigned = (text: string, time: number): string => `cosignature/v1\ntime ${time}\n${text}`;
const bigEndian = (n: number): Uint8Array => Uint8Array.from({ length: 8 }, (_, i) => Math.floor(n / 256 ** (7 - i)) % 256);
