import type { z } from 'zod';
import { WaysideError } from './errors.ts';

/** The largest body a device may publish, in bytes. Room for 2,000 signals. */
export const maxPayload = 256 * 1024;

/** A message off the wire as a value, or why it is not one. Never throws: bad input is expected. */
export type Decoded<T> = { ok: true; value: T } | { ok: false; reason: string };

/**
 * Decodes a JSON payload by a schema.
 * @param bytes UTF-8 JSON, at most `maxPayload` bytes
 */
export function decode<S extends z.ZodType>(schema: S, bytes: Uint8Array | string): Decoded<z.infer<S>> {
  if (bytes.length > maxPayload) return { ok: false, reason: `larger than ${maxPayload} bytes` };
  let json: unknown;
  try {
    json = JSON.parse(typeof bytes === 'string' ? bytes : utf8.decode(bytes));
  } catch {
    return { ok: false, reason: 'not UTF-8 JSON' };
  }
  const parsed = schema.safeParse(json);
  return parsed.success ? { ok: true, value: parsed.data } : { ok: false, reason: explain(parsed.error) };
}

const utf8 = new TextDecoder('utf-8', { fatal: true });

/** The first three complaints of a schema, as one short line. */
export function explain(error: z.ZodError): string {
  const lines = error.issues.slice(0, 3).map((i) => `${i.path.length > 0 ? `${i.path.join('.')}: ` : ''}${i.message}`);
  const more = error.issues.length - lines.length;
  return (lines.join('; ') + (more > 0 ? `; and ${more} more` : '')).slice(0, 500);
}

/** As `decode`, where a bad message is a broken promise: throws `invalid` naming `what`. */
export function check<S extends z.ZodType>(schema: S, input: unknown, what: string): z.infer<S> {
  const parsed = schema.safeParse(input);
  if (!parsed.success) throw new WaysideError('invalid', `${what}: ${explain(parsed.error)}`);
  return parsed.data;
}
