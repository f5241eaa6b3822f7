import { createCipheriv, createECDH, hkdfSync, randomBytes } from 'node:crypto';
import type { Subscription } from '../../api/push-types.ts';

const curve = 'prime256v1';
/** One record is all: a push service need not take more than 4096 bytes of body (RFC 8291 §4). */
const recordSize = 4096;

/** What is fresh with every message: a key pair and a salt. Given only to check against the example of RFC 8291. */
type Fresh = { privateKey: Buffer; salt: Buffer };
const fresh = (): Fresh => {
  const pair = createECDH(curve);
  pair.generateKeys();
  return { privateKey: pair.getPrivateKey(), salt: randomBytes(16) };
};

/**
 * A message that only the browser of a subscription can read (RFC 8291 §3.4, in the content coding aes128gcm of RFC 8188).
 * @throws when a key of the subscription is none
 */
export function encryptPush(plain: Buffer, { keys }: Pick<Subscription, 'keys'>, { privateKey, salt } = fresh()): Buffer {
  const ours = createECDH(curve);
  ours.setPrivateKey(privateKey);
  const [theirs, auth] = [Buffer.from(keys.p256dh, 'base64url'), Buffer.from(keys.auth, 'base64url')];
  const info = Buffer.concat([Buffer.from('WebPush: info\0'), theirs, ours.getPublicKey()]);
  const secret = Buffer.from(hkdfSync('sha256', ours.computeSecret(theirs), auth, info, 32));
  const derive = (what: string, length: number) => Buffer.from(hkdfSync('sha256', secret, salt, `Content-Encoding: ${what}\0`, length));
  const cipher = createCipheriv('aes-128-gcm', derive('aes128gcm', 16), derive('nonce', 12));
  const size = Buffer.alloc(5);
  size.writeUInt32BE(recordSize);
  size.writeUInt8(65, 4);
  // 2 marks the last record (RFC 8188 §2).
  return Buffer.concat([
    salt,
    size,
    ours.getPublicKey(),
    cipher.update(plain),
    cipher.update(Buffer.of(2)),
    cipher.final(),
    cipher.getAuthTag(),
  ]);
}
