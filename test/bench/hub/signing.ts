import { createECDH, createHash, createPrivateKey, createPublicKey, type KeyObject, randomBytes, sign } from 'node:crypto';
import { contentDigest, signatureBase, signatureParams } from '@wayside/contract';

/** What a bench's edge signs with. */
export type Signer = { certificate: string; key: KeyObject };
type Asked = { method: string; path: string; body?: string };

/** The fingerprint of a certificate there is none of: the hub looks at nothing else. */
const certificateOf = (edge: number): string => createHash('sha256').update(`certificate of ${edge}`).digest('base64url');

/** An edge's own P-256 key, the same in every process. */
export function signerOf(edge: number): Signer {
  const ecdh = createECDH('prime256v1');
  ecdh.setPrivateKey(createHash('sha256').update(`key of ${edge}`).digest());
  const point = ecdh.getPublicKey();
  const [x, y] = [point.subarray(1, 33), point.subarray(33)].map((part) => part.toString('base64url'));
  const jwk = { kty: 'EC', crv: 'P-256', d: ecdh.getPrivateKey('base64url'), x: x as string, y: y as string };
  return { certificate: certificateOf(edge), key: createPrivateKey({ key: jwk, format: 'jwk' }) };
}

/** What the hub holds of it: fingerprint, and key in DER. */
export const heldOf = ({ certificate, key }: Signer): { fingerprint: string; publicKey: string } => ({
  fingerprint: certificate,
  publicKey: createPublicKey(key).export({ type: 'spki', format: 'der' }).toString('base64url'),
});

/** The headers of a signed request (RFC 9421), as an edge makes them. */
export function signed({ certificate, key }: Signer, { method, path, body }: Asked): Record<string, string> {
  const digest = body === undefined ? undefined : createHash('sha256').update(body).digest('base64');
  const request = { method, path, query: '', digest };
  const told = { created: Math.floor(Date.now() / 1_000), nonce: randomBytes(16).toString('base64url'), certificate };
  const signature = sign('sha256', Buffer.from(signatureBase(request, told)), { key, dsaEncoding: 'ieee-p1363' });
  return {
    'signature-input': `edge=${signatureParams(request, told)}`,
    signature: `edge=:${signature.toString('base64')}:`,
    ...(digest === undefined ? {} : { 'content-digest': contentDigest(digest) }),
  };
}
