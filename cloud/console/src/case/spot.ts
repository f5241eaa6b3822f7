import { createContext, use } from 'react';
import type { Citation } from '../api/types.ts';

/** What the technician pointed at: a sample in a chart, or an article in the drawer. */
export type Spot = { signal?: { name: string; at: number | undefined }; article?: { id: string } };

/** Reads a citation's `ref` (`signal@epochMs`, or an article's id). */
export function spotOf(citation: Pick<Citation, 'kind' | 'ref'>): Spot {
  if (citation.kind === 'article') return { article: { id: citation.ref } };
  if (citation.kind !== 'sample') return {};
  const [name = '', at] = citation.ref.split('@');
  const ms = Number(at);
  return { signal: { name, at: at === undefined || !Number.isFinite(ms) ? undefined : ms } };
}

export const SpotContext = createContext<{ spot: Spot; show: (citation: Pick<Citation, 'kind' | 'ref'>) => void; clear: () => void }>({
  spot: {},
  show: () => {},
  clear: () => {},
});

export const useSpot = () => use(SpotContext);
