import { useEffect, useState } from 'react';
import type { RepairsView } from '../api/types.ts';
import { usePanel, useSite } from '../panel.tsx';

/** While something is watched, its progress is asked for so often, ms. */
const watchEveryMs = 5_000;

/** Where somebody is in a procedure on a thing and what is watched after one. `turns`: how many lines were said, since each may have moved it. */
export function useRepairs(thing: string | undefined, turns: number): RepairsView | undefined {
  const { edge } = usePanel();
  const { repairNews } = useSite();
  const [view, setView] = useState<RepairsView>();
  const watching = view?.repairs.some((one) => one.state === 'watching') ?? false;
  // biome-ignore lint/correctness/useExhaustiveDependencies: it is news that asks again.
  useEffect(() => {
    if (!thing) return setView(undefined);
    let gone = false;
    const ask = async () => {
      const reply = await edge.get<RepairsView>(`v1/things/${encodeURIComponent(thing)}/repairs`);
      if (!gone && reply.kind === 'ok') setView(reply.body);
    };
    void ask();
    const timer = watching ? setInterval(ask, watchEveryMs) : undefined;
    return () => {
      gone = true;
      clearInterval(timer);
    };
  }, [edge, thing, turns, repairNews, watching]);
  return view;
}
