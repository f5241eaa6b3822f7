import type { Cleaned } from './clean-picture.ts';

/** Chunks that say how it looks (RFC 9649 §2.7); EXIF, XMP and what nobody knows are left behind. */
const kept = new Set(['VP8X', 'VP8 ', 'VP8L', 'ALPH', 'ICCP', 'ANIM', 'ANMF']);
const exifAndXmp = 0x0c;

/** A WebP without what it says of who made it, where and when; undefined when it is damaged or cut off. */
export function cleanWebp(bytes: Buffer): Cleaned | undefined {
  const parts: Buffer[] = [];
  let size: { width: number; height: number } | undefined;
  const all = 8 + bytes.readUInt32LE(4);
  if (all > bytes.length) return undefined;
  for (let at = 12; at + 8 <= all; ) {
    const name = bytes.toString('latin1', at, at + 4);
    const length = bytes.readUInt32LE(at + 4);
    const next = at + 8 + length + (length % 2);
    if (at + 8 + length > all) return undefined;
    const chunk = Buffer.from(bytes.subarray(at, next));
    const body = chunk.subarray(8);
    size ??= sizeIn(name, body);
    if (name === 'VP8X' && body[0] !== undefined) body[0] &= ~exifAndXmp;
    if (kept.has(name)) parts.push(chunk);
    at = next;
  }
  if (!size) return undefined;
  const body = Buffer.concat([Buffer.from('WEBP'), ...parts]);
  const head = Buffer.from('RIFF\0\0\0\0');
  head.writeUInt32LE(body.length, 4);
  return { bytes: Buffer.concat([head, body]), ...size };
}

/** RFC 9649 §2.7.1.2 (canvas), RFC 6386 §9.1 (lossy), RFC 9649 §3.4 (lossless). */
function sizeIn(name: string, body: Buffer): { width: number; height: number } | undefined {
  if (body.length < 10) return undefined;
  if (name === 'VP8X') return { width: body.readUIntLE(4, 3) + 1, height: body.readUIntLE(7, 3) + 1 };
  if (name === 'VP8 ') return { width: body.readUInt16LE(6) & 0x3fff, height: body.readUInt16LE(8) & 0x3fff };
  if (name !== 'VP8L' || body[0] !== 0x2f) return undefined;
  const bits = body.readUInt32LE(1);
  return { width: (bits & 0x3fff) + 1, height: ((bits >>> 14) & 0x3fff) + 1 };
}
