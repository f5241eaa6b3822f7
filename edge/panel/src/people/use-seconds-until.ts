import { useEffect, useState } from 'react';
import { useEdgeClock } from '../chart/edge-clock.ts';

/** Whole seconds until a moment of the edge's clock, counted down. */
export function useSecondsUntil(at: number | undefined): number {
  const clock = useEdgeClock();
  const [left, setLeft] = useState(0);
  // biome-ignore lint/correctness/useExhaustiveDependencies: the moment says all.
  useEffect(() => {
    const look = () => setLeft(at === undefined ? 0 : Math.max(0, Math.ceil((at - clock()) / 1_000)));
    look();
    if (at === undefined) return;
    const timer = setInterval(look, 1_000);
    return () => clearInterval(timer);
  }, [at]);
  return left;
}
