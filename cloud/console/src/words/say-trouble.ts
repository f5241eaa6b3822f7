import type { HubError } from '../api/problem.ts';
import type { Words } from './en.ts';

/** The sentence for a refusal: the hub's own when it gave one, else ours for its code. */
export function sayTrouble(error: HubError, w: Words): string {
  if (error.code === 'unreachable') return w.trouble.unreachableShort;
  if (error.code === 'no-passkey') return w.trouble.noPasskey;
  if (error.message !== '') return error.message;
  if (error.code === 'forbidden') return w.trouble.forbidden;
  if (error.code === 'not-found') return w.trouble.notFound;
  if (error.code === 'conflict') return w.trouble.conflict;
  return w.trouble.internal;
}
