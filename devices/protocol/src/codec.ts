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
  } catch (error) {
    return { ok: false, reason: `not UTF-8 JSON: ${(error as Error).message}`.slice(0, 200) };
  }
  const parsed = schema.safeParse(json);
  return parsed.success ? { ok: true, value: parsed.data } : { ok: false, reason: explain(parsed.error) };
}

const utf8 = new TextDecoder('utf-8', { fatal: true });

/** The first three complaints of a schema, as one short line for who wrote the message. */
export function explain(error: z.ZodError): string {
  const lines = error.issues.slice(0, 3).map((i) => `${i.path.length > 0 ? `${i.path.join('.')}: ` : ''}${wordsOf(i)}`);
  const more = error.issues.length - lines.length;
  return (lines.join('; ') + (more > 0 ? `; and ${more} more` : '')).slice(0, 500);
}

type Issue = z.core.$ZodIssue;

/** What Zod calls a kind of value, and how people do. */
const kinds: Record<string, string> = {
  array: 'a list',
  boolean: 'true or false',
  int: 'a whole number',
  null: 'null',
  number: 'a number',
  object: 'an object',
  record: 'an object',
  string: 'text',
};
const kindOf = (name: string): string => kinds[name] ?? name;

/** Zod keeps no input in an issue, and says at the end of its message what came. */
const missingOr = (wanted: string, message: string): string => {
  const came = /received (\w+)$/.exec(message)?.[1] ?? 'something else';
  return came === 'undefined' ? `is missing (${wanted})` : `must be ${wanted}, not ${kindOf(came)}`;
};

/** One complaint of a schema, without its place. */
export function wordsOf(issue: Issue): string {
  if (issue.code === 'invalid_type') return missingOr(kindOf(issue.expected), issue.message);
  if (issue.code === 'invalid_value') return `must be ${issue.values.length > 1 ? 'one of ' : ''}${issue.values.join(', ')}`;
  if (issue.code === 'invalid_key') return issue.issues[0] ? `as a name: ${wordsOf(issue.issues[0])}` : issue.message;
  if (issue.code === 'invalid_union' && issue.errors.length > 0) return eitherOf(issue.errors);
  return issue.message;
}

/** None of several forms fits: what is wrong inside the one that was meant, else what it could have been. */
function eitherOf(forms: readonly (readonly Issue[])[]): string {
  const inside = forms.map(([first]) => first).find((first) => first && first.path.length > 0);
  if (inside) return `${inside.path.join('.')}: ${wordsOf(inside)}`;
  const wanted = forms.flatMap(([first]) => (first?.code === 'invalid_type' ? [kindOf(first.expected)] : []));
  if (wanted.length < forms.length) return forms.map(([first]) => first && wordsOf(first)).join(', or ');
  return missingOr([...new Set(wanted)].join(' or '), forms[0]![0]!.message);
}

/** As `decode`, where a bad message is a broken promise: throws `invalid` naming `what`. */
export function check<S extends z.ZodType>(schema: S, input: unknown, what: string): z.infer<S> {
  const parsed = schema.safeParse(input);
  if (!parsed.success) throw new WaysideError('invalid', `${what}: ${explain(parsed.error)}`);
  return parsed.data;
}
