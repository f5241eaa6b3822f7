import { z } from 'zod';

/** An id that travels in MQTT topics, URLs and file names: no wildcard, slash, space or `$`. */
export const id = z.string().regex(/^[A-Za-z0-9][A-Za-z0-9._-]{0,63}$/, 'an id is 1 to 64 of A-Z a-z 0-9 . _ -');

/** The id of a thing: what `{thing}` stands for in topics. */
export const thingId = id;

/** A signal's name, such as `Vehicle.Speed` (COVESA VSS path) or `supply_temperature`. */
export const signalName = z.string().regex(/^[A-Za-z][A-Za-z0-9._-]{0,127}$/, 'a signal name is 1 to 128 of A-Z a-z 0-9 . _ -');

const alphabet = '0123456789ABCDEFGHJKMNPQRSTVWXYZ';

/**
 * A new id: prefix, 48 bits of time and 80 random bits in Crockford base 32, so ids sort by the time they were made
 * (the ULID layout, github.com/ulid/spec).
 * @param prefix one to four letters that say what it names, such as `s` for a session
 * @param now epoch ms
 */
export function newId(prefix: string, now: number): string {
  let time = '';
  for (let rest = Math.floor(now), i = 0; i < 10; i++, rest = Math.floor(rest / 32)) time = alphabet[rest % 32] + time;
  let random = '';
  for (const byte of crypto.getRandomValues(new Uint8Array(16))) random += alphabet[byte & 31];
  return `${prefix}_${time}${random}`;
}
