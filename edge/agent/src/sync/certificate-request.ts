import { type KeyObject, sign } from 'node:crypto';

/**
 * A PKCS #10 certificate request (RFC 2986) for a P-256 key, in PEM. By hand, since a library for the whole of X.509 would stay in the memory of an
 * edge for the sake of these few bytes.
 * @param name the edge's id, of characters every DER string type has
 */
export function certificateRequest(key: KeyObject, publicKey: KeyObject, name: string): string {
  const commonName = sequence(oid(0x55, 0x04, 0x03), der(0x0c, Buffer.from(name)));
  const info = sequence(
    der(0x02, Buffer.of(0)),
    sequence(der(0x31, commonName)),
    publicKey.export({ format: 'der', type: 'spki' }),
    der(0xa0),
  );
  // ecdsa-with-SHA256, RFC 5758 §3.2
  const algorithm = sequence(oid(0x2a, 0x86, 0x48, 0xce, 0x3d, 0x04, 0x03, 0x02));
  const request = sequence(info, algorithm, der(0x03, Buffer.of(0), sign('sha256', info, key)));
  return `-----BEGIN CERTIFICATE REQUEST-----\n${request.toString('base64').replaceAll(/.{64}(?=.)/g, '$&\n')}\n-----END CERTIFICATE REQUEST-----\n`;
}

const sequence = (...parts: Uint8Array[]) => der(0x30, ...parts);
const oid = (...bytes: number[]) => der(0x06, Buffer.from(bytes));

/** Tag, length, value (X.690 §8.1). */
function der(tag: number, ...parts: Uint8Array[]): Buffer {
  const value = Buffer.concat(parts);
  const { length } = value;
  const size = length < 0x80 ? [length] : length < 0x100 ? [0x81, length] : [0x82, length >> 8, length & 0xff];
  return Buffer.concat([Buffer.of(tag, ...size), value]);
}
