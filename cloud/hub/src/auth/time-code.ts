import { createHmac, randomBytes } from 'node:crypto';

const stepMs = 30_000;
const letters = 'ABCDEFGHIJKLMNOPQRSTUVWXYZ234567';

/** The one-time password of a time step: six digits (RFC 6238 with the defaults every authenticator app has: SHA-1, 30 seconds). */
export function codeOf(secret: Uint8Array, step: number): string {
  const counter = Buffer.alloc(8);
  counter.writeBigUInt64BE(BigInt(step));
  const mac = createHmac('sha1', secret).update(counter).digest();
  // RFC 4226 §5.3: four bytes at a place the last one names, without the sign.
  const number = mac.readUInt32BE((mac[19] as number) & 15) & 0x7fffffff;
  return String(number % 1_000_000).padStart(6, '0');
}

/** The step a code is of: of this moment or its neighbours (RFC 6238 §5.2), and later than the last one taken. Undefined: it is not right. */
export function stepOf(secret: string, code: string, after: number, now: number): number | undefined {
  const key = fromBase32(secret);
  const step = Math.floor(now / stepMs);
  return [step, step - 1, step + 1].find((one) => one > after && codeOf(key, one) === code);
}

/** 160 random bits in Base32 (RFC 4648 §6), as authenticator apps take them. */
export const newTimeSecret = (): string => toBase32(randomBytes(20));

/** What the QR code says (github.com/google/google-authenticator/wiki/Key-Uri-Format). */
export const timeUri = (secret: string, name: string): string =>
  `otpauth://totp/Wayside:${encodeURIComponent(name)}?secret=${secret}&issuer=Wayside`;

function toBase32(bytes: Uint8Array): string {
  const bits = [...bytes].map((byte) => byte.toString(2).padStart(8, '0')).join('');
  return (bits.match(/.{5}/g) ?? []).map((five) => letters[Number.parseInt(five, 2)]).join('');
}

function fromBase32(text: string): Uint8Array {
  const bits = [...text].map((letter) => letters.indexOf(letter).toString(2).padStart(5, '0')).join('');
  return Uint8Array.from(bits.match(/.{8}/g) ?? [], (byte) => Number.parseInt(byte, 2));
}
