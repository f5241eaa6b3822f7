import { createPrivateKey, createPublicKey, hash, type KeyObject, sign, verify } from 'node:crypto';
import type { Primitives, Signer } from './primitives.ts';

/** DER before the 32 bytes of an Ed25519 key (RFC 8410 §4 and §7). */
const publicPrefix = Buffer.from('302a300506032b6570032100', 'hex');
const privatePrefix = Buffer.from('302e020100300506032b657004220420', 'hex');
/** Records come in runs of one key: the last few parsed keys are kept. */
const parsed = new Map<string, KeyObject>();

export const nodePrimitives: Primitives = {
  sha256: (data) => hash('sha256', data, 'buffer'),
  verify(publicKey, message, signature) {
    if (publicKey.length !== 32 || signature.length !== 64) return false;
    try {
      return verify(null, message, keyOf(publicKey), signature);
    } catch {
      return false;
    }
  },
};

/** @param seed the 32 secret bytes of RFC 8032 §5.1.5 */
export function signerFrom(seed: Uint8Array): Signer {
  const key = createPrivateKey({ key: Buffer.concat([privatePrefix, seed]), format: 'der', type: 'pkcs8' });
  const publicKey = new Uint8Array(createPublicKey(key).export({ format: 'der', type: 'spki' }).subarray(publicPrefix.length));
  return { publicKey, sign: (message) => new Uint8Array(sign(null, message, key)) };
}

function keyOf(bytes: Uint8Array): KeyObject {
  const name = Buffer.from(bytes).toString('latin1');
  let key = parsed.get(name);
  if (!key) {
    key = createPublicKey({ key: Buffer.concat([publicPrefix, bytes]), format: 'der', type: 'spki' });
    if (parsed.size >= 64) parsed.delete(parsed.keys().next().value as string);
    parsed.set(name, key);
  }
  return key;
}
