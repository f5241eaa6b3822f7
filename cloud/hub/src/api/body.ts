import type { IncomingMessage } from 'node:http';
import { WaysideError } from '@wayside/protocol';

/**
 * Reads the body of a request of node:http. What is too large is refused by what it says of its length, which is cheap, else by counting (RFC 9112 §6.3).
 * @throws WaysideError `too-large`, `invalid` when it breaks off
 */
export function readBody(request: IncomingMessage, most: number): Promise<Buffer> {
  return new Promise((resolve, reject) => {
    const refuse = () =>
      reject(new WaysideError('too-large', `A body here may have at most ${most / 1024 / 1024} MiB. Send less at once.`));
    if (Number(request.headers['content-length']) > most) return refuse();
    const parts: Buffer[] = [];
    let length = 0;
    request.on('data', (part: Buffer) => {
      length += part.length;
      if (length > most) refuse();
      else parts.push(part);
    });
    request.once('end', () => resolve(parts.length === 1 ? (parts[0] as Buffer) : Buffer.concat(parts)));
    request.once('error', (cause) => reject(new WaysideError('invalid', 'The request broke off.', { cause })));
  });
}
