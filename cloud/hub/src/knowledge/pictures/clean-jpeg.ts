import type { Cleaned } from './clean-picture.ts';
import { orientationIn, orientationOnly } from './jpeg-orientation.ts';

/** Markers (ITU-T T.81 table B.1). */
const scan = 0xda;
const end = 0xd9;
const isRestart = (marker: number) => marker >= 0xd0 && marker <= 0xd7;
const isTable = (marker: number) => [0xc4, 0xcc, 0xdb, 0xdc, 0xdd].includes(marker);
const isFrame = (marker: number) => marker >= 0xc0 && marker <= 0xcf && marker !== 0xc4 && marker !== 0xc8 && marker !== 0xcc;

/**
 * A JPEG without what it says of who made it, where and when, and without what hangs behind its end (some telephones put a film there). How it was
 * held is kept, else it would lie on its side. Undefined when it is damaged or cut off.
 */
export function cleanJpeg(bytes: Buffer): Cleaned | undefined {
  const parts = [bytes.subarray(0, 2)];
  let size: { width: number; height: number } | undefined;
  let at = 2;
  while (at + 4 <= bytes.length) {
    const marker = bytes[at + 1] as number;
    if (bytes[at] !== 0xff) return undefined;
    if (marker === 0xff) {
      at++;
      continue;
    }
    const length = bytes.readUInt16BE(at + 2);
    const next = at + 2 + length;
    if (length < 2 || next > bytes.length) return undefined;
    const segment = bytes.subarray(at + 4, next);
    if (isFrame(marker) && segment.length >= 5) size = { height: segment.readUInt16BE(1), width: segment.readUInt16BE(3) };
    if (marker !== scan) {
      parts.push(...look(marker, segment, bytes.subarray(at, next)));
      at = next;
      continue;
    }
    const over = scanEnd(bytes, next);
    parts.push(bytes.subarray(at, over));
    if (size && bytes[over] === 0xff && bytes[over + 1] === end)
      return { bytes: Buffer.concat([...parts, Buffer.from([0xff, end])]), ...size };
    at = over;
  }
  return undefined;
}

/** What of a segment says how it looks: its tables, its frame, its colours. */
function look(marker: number, segment: Buffer, whole: Buffer): Buffer[] {
  if (isTable(marker) || isFrame(marker)) return [whole];
  const says = (name: string) => segment.toString('latin1', 0, name.length) === name;
  // JFIF, without the small picture in it: that may still show what was cut away.
  if (marker === 0xe0 && says('JFIF\0') && segment.length >= 14)
    return [Buffer.concat([Buffer.from([0xff, 0xe0, 0, 16]), segment.subarray(0, 12), Buffer.alloc(2)])];
  if (marker === 0xe2 && says('ICC_PROFILE\0')) return [whole];
  if (marker === 0xee && says('Adobe')) return [whole];
  const held = marker === 0xe1 ? orientationIn(segment) : undefined;
  return held === undefined ? [] : [orientationOnly(held)];
}

/** Where the coded data of a scan ends: at the first marker that is neither a restart nor a stuffed byte (T.81 §B.1.1.5). */
function scanEnd(bytes: Buffer, from: number): number {
  for (let at = bytes.indexOf(0xff, from); at >= 0 && at + 1 < bytes.length; at = bytes.indexOf(0xff, at + 1)) {
    const after = bytes[at + 1] as number;
    if (after !== 0 && after !== 0xff && !isRestart(after)) return at;
  }
  return bytes.length;
}
