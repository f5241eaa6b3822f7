import { createHash, createPrivateKey, createPublicKey, generateKeyPairSync, type KeyObject, sign } from 'node:crypto';
import { readFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { Key, Signature } from '@tufjs/models';
import { WaysideError } from '@wayside/protocol';
import { canonical, type Signer, toHex } from '@wayside/record';
import { makeFolder, writeSecret } from '@wayside/sqlite';

/** With what metadata is signed, and the public half as the root names it. */
export type UpdateKey = { key: Key; sign(data: Buffer): Signature };

/** @returns undefined when there is no such file */
export async function readPem(file: string): Promise<string | undefined> {
  return readFile(file, 'utf8').catch((cause: NodeJS.ErrnoException) => {
    if (cause.code === 'ENOENT') return undefined;
    throw new WaysideError('internal', `The key ${file} cannot be read. Check its owner and rights.`, { cause });
  });
}

/** An Ed25519 key (PKCS #8, PEM). @param where it lies, for people @throws WaysideError `internal` when it is damaged */
export function keyFrom(pem: string, where: string): UpdateKey {
  try {
    return keyOf(createPrivateKey(pem));
  } catch (cause) {
    throw new WaysideError('internal', `The key ${where} is damaged. Put a copy back.`, { cause });
  }
}

/** The key of a file. Undefined when there is none. @throws WaysideError `internal` when it is damaged */
export async function readKey(file: string): Promise<UpdateKey | undefined> {
  const pem = await readPem(file);
  return pem === undefined ? undefined : keyFrom(pem, file);
}

/** The key of a file, made when there is none yet. */
export async function keepKey(file: string): Promise<UpdateKey> {
  const kept = await readKey(file);
  if (kept) return kept;
  const { privateKey } = generateKeyPairSync('ed25519');
  await makeFolder(dirname(file));
  await writeSecret(file, privateKey.export({ format: 'pem', type: 'pkcs8' }) as string);
  return keyOf(privateKey);
}

/** The root's key in a folder, for what an operator says beside updates. @throws WaysideError `not-found` */
export async function rootSigner(folder: string): Promise<Signer> {
  const file = join(folder, 'root.pem');
  const pem = await readFile(file, 'utf8').catch((cause: unknown) => {
    throw new WaysideError('not-found', `There is no key ${file}. Name the folders where the keys lie with --keys.`, { cause });
  });
  const secret = createPrivateKey(pem);
  return { publicKey: publicBytes(secret), sign: (message) => new Uint8Array(sign(null, message, secret)) };
}

const publicBytes = (secret: KeyObject): Uint8Array => {
  const { x } = createPublicKey(secret).export({ format: 'jwk' }) as { x: string };
  return new Uint8Array(Buffer.from(x, 'base64url'));
};

function keyOf(secret: KeyObject): UpdateKey {
  const form = { keytype: 'ed25519', scheme: 'ed25519', keyval: { public: toHex(publicBytes(secret)) } };
  // TUF 1.0 §4.2: the SHA-256 of the key’s canonical form.
  const keyID = createHash('sha256').update(canonical(form)).digest('hex');
  return {
    key: Key.fromJSON(keyID, form),
    sign: (data) => new Signature({ keyID, sig: sign(null, data, secret).toString('hex') }),
  };
}
