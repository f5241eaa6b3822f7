import type { HubError } from '../api/problem.ts';
import type { Words } from './en.ts';

/** The sentence for a refusal: the hub's own when it gave one, which is in English, else ours for its code. */
export function sayTrouble(error: HubError, w: Words): string {
  if (error.code === 'unreachable') return w.trouble.unreachableShort;
  if (error.code === 'no-passkey') return w.trouble.noPasskey;
  const ours = ourOwn[error.code];
  return error.message === '' ? w.trouble[ours ?? 'internal'] : w.trouble.said(error.message, w.trouble[ours ?? 'refused']);
}

const ourOwn: Record<string, 'forbidden' | 'notFound' | 'conflict' | 'internal'> = {
  forbidden: 'forbidden',
  'not-found': 'notFound',
  conflict: 'conflict',
  internal: 'internal',
};
