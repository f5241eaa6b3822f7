import { fromBase64, toBase64 } from './bytes.ts';

/** The head of a log, c2sp.org/tlog-checkpoint: the text of a signed note. */
export type Checkpoint = { origin: string; size: number; root: Uint8Array };

export const writeCheckpoint = ({ origin, size, root }: Checkpoint): string => `${origin}\n${size}\n${toBase64(root)}\n`;

/** @returns undefined for what is no checkpoint. Extension lines are allowed, as long as they are not empty. */
export function readCheckpoint(text: string): Checkpoint | undefined {
  if (!text.endsWith('\n')) return undefined;
  const [origin, digits, encoded, ...more] = text.slice(0, -1).split('\n');
  const root = encoded === undefined ? undefined : fromBase64(encoded);
  const size = /^(0|[1-9]\d*)$/.test(digits ?? '') ? Number(digits) : Number.NaN;
  if (!origin || !Number.isSafeInteger(size) || root?.length !== 32 || more.includes('')) return undefined;
  return { origin, size, root };
}
