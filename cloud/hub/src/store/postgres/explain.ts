import { WaysideError } from '@wayside/protocol';

/** Two transactions were in each other's way, and the database ended this one: nothing of it is stored, and it may be done again. */
export class Race extends WaysideError {}

type Failure = Error & { code?: string };
const gone = new Set([
  '57P01',
  '57P02',
  '57P03',
  '25006',
  '53300',
  'ECONNREFUSED',
  'ECONNRESET',
  'EPIPE',
  'ETIMEDOUT',
  'ENOTFOUND',
  'EAI_AGAIN',
]);

/** What PostgreSQL, or the way to it, said (postgresql.org/docs/current/errcodes-appendix.html) in our words. */
export function explain(failure: unknown): Error {
  const { code = '', message } = failure as Failure;
  const cause = { cause: failure };
  if (code === '40001' || code === '40P01')
    return new Race('unavailable', 'Another change was in the way. Nothing was stored; come again.', cause);
  if (code === '53100' || /No space left on device/.test(message))
    return new WaysideError('storage-full', 'The disk of the database is full. Free some space; nothing acknowledged is lost.', cause);
  if (
    gone.has(code) ||
    code.startsWith('08') ||
    /Connection terminated|timeout exceeded when trying to connect|Client has encountered/.test(message)
  )
    return new WaysideError('unavailable', `The database cannot be reached (${message}). Nothing acknowledged is lost; come again.`, cause);
  if (code.startsWith('28') || code === '3D000' || code === '42501')
    return new WaysideError(
      'internal',
      `The database lets this hub not in (${message}). Check the address, the role and its rights.`,
      cause,
    );
  // Class 22 and 23: the values are at fault, not the database.
  return new Error(`${/^2[23]/.test(code) ? 'Refused by PostgreSQL' : 'PostgreSQL'}: ${message}`, cause);
}
