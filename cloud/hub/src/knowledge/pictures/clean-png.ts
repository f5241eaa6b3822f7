import { crc32 } from 'node:zlib';
import type { Cleaned } from './clean-picture.ts';

/** Chunks that say how it looks (w3.org/TR/png-3 §11). Texts, times, EXIF and whatever else are left behind, and what animates it. */
const kept = new Set(['IHDR', 'PLTE', 'IDAT', 'IEND', 'tRNS', 'gAMA', 'cHRM', 'sRGB', 'iCCP', 'sBIT', 'bKGD', 'pHYs']);

/** A PNG without what it says of who made it, where and when; undefined when it is damaged or cut off. */
export function cleanPng(bytes: Buffer): Cleaned | undefined {
  const parts = [bytes.subarray(0, 8)];
  const seen = new Set<string>();
  let at = 8;
  while (at + 12 <= bytes.length) {
    const end = at + 12 + bytes.readUInt32BE(at);
    if (end > bytes.length || crc32(bytes.subarray(at + 4, end - 4)) !== bytes.readUInt32BE(end - 4)) return undefined;
    const name = bytes.toString('latin1', at + 4, at + 8);
    if (at === 8 && name !== 'IHDR') return undefined;
    if (kept.has(name)) parts.push(bytes.subarray(at, end));
    seen.add(name);
    at = end;
    if (name === 'IEND') break;
  }
  if (!seen.has('IDAT') || !seen.has('IEND')) return undefined;
  return { bytes: Buffer.concat(parts), width: bytes.readUInt32BE(16), height: bytes.readUInt32BE(20) };
}
