import { useEffect, useState } from 'react';
import type { Samples, Value } from '../api/types.ts';
import { usePanel } from '../panel.tsx';
import { type Window, windowAround, within } from './window.ts';

export type Points = { state: 'loading' | 'failed' | 'ready'; points: readonly [number, Value][]; window: Window };

/** How often the end of a live window moves on when no reading comes. */
const tickMs = 1000;

/** The points of a signal around a moment, and the new ones as they come. */
export function usePoints(thing: string, signal: string, at: number | undefined, now: () => number): Points {
  const { edge, site } = usePanel();
  const [shown, setShown] = useState<Points>(() => ({ state: 'loading', points: [], window: windowAround(at, now()) }));

  useEffect(() => {
    let gone = false;
    const began = windowAround(at, now());
    const to = began.live ? '' : `&to=${Math.ceil(began.to)}`;
    setShown({ state: 'loading', points: [], window: began });
    void edge
      .get<Samples>(
        `v1/things/${encodeURIComponent(thing)}/samples?signal=${encodeURIComponent(signal)}&from=${Math.floor(began.from)}${to}`,
      )
      .then((reply) => {
        if (gone) return;
        setShown((was) => {
          if (reply.kind !== 'ok') return { ...was, state: 'failed' };
          const last = reply.body.points.at(-1)?.[0] ?? 0;
          return { ...was, state: 'ready', points: [...reply.body.points, ...was.points.filter(([t]) => t > last)] };
        });
      });
    const leave = () => {
      gone = true;
    };
    if (!began.live) return leave;
    const stopReading = site.onReadings(({ thing: from, signals }) => {
      const reading = signals[signal];
      if (from !== thing || !reading) return;
      setShown((was) => {
        const late = (was.points.at(-1)?.[0] ?? 0) >= reading.observedAt;
        return late ? was : { ...was, points: [...was.points, [reading.observedAt, reading.value]] };
      });
    });
    const tick = setInterval(() => {
      const window = windowAround(at, now());
      setShown((was) => ({ ...was, window, points: within(was.points, { from: window.from, to: Number.POSITIVE_INFINITY }) }));
    }, tickMs);
    return () => {
      leave();
      stopReading();
      clearInterval(tick);
    };
  }, [edge, site, thing, signal, at, now]);

  return shown;
}
