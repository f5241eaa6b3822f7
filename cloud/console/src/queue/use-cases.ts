import { useEffect } from 'react';
import { hub } from '../api/hub.ts';
import { type Loaded, useLoaded } from '../api/loaded.ts';
import type { CaseList, QueueTab } from '../api/types.ts';

/** The longest a browser's timer reaches (HTML Living Standard §8.6: a signed 32-bit number of ms). */
const longest = 2 ** 31 - 1;

/** `q`: only those with these words. `limit`: how many at most; without, as many as the hub gives. */
export type Sought = { mine?: boolean; q?: string; limit?: number };

/** The cases under one tab with the counts of all, kept fresh by the live stream and by the clock: sleeping cases wake by themselves. */
export function useCases(tab: QueueTab, { mine = false, q = '', limit }: Sought = {}): Loaded<CaseList> {
  const loaded = useLoaded(
    `cases ${tab} ${mine} ${limit ?? ''} ${q}`,
    () => hub.cases({ state: tab, mine: mine ? 'true' : '', q, limit: limit === undefined ? '' : String(limit) }),
    (event) => event.event === 'case' || event.event === 'queue',
  );
  const { data, reload } = loaded;
  const wakes = data?.nextWake ?? null;
  useEffect(() => {
    if (wakes === null) return;
    const timer = setTimeout(reload, Math.min(longest, Math.max(0, wakes - Date.now()) + 500));
    return () => clearTimeout(timer);
  }, [wakes, reload]);
  return loaded;
}
