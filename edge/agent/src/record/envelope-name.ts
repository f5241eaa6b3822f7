import { createHash } from 'node:crypto';
import { newId } from '@wayside/protocol';

type Envelope = { id: string; kind: string; at: number; body: string };

const print = ({ id, kind, at, body }: Envelope): string =>
  createHash('sha256')
    .update(JSON.stringify([id, kind, at, body]))
    .digest('base64url');

/**
 * The id of an envelope that no entry of the record stands for, such as one that brings a seal: with a digest of what it holds, so that a change of it
 * can be seen where it lies.
 * @param body its text
 */
export function nameEnvelope(kind: string, at: number, body: string): string {
  const id = newId('r', at);
  return `${id}.${print({ id, kind, at, body })}`;
}

/** Does an envelope hold what its id says? One of before there were digests tells nothing. */
export function nameHolds({ id, kind, at, body }: Envelope): boolean {
  const [name = '', said] = id.split('.');
  return said === undefined ? /^r_[0-9a-z]{26}$/i.test(name) : said === print({ id: name, kind, at, body });
}
