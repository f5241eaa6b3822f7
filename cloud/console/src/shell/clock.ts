import { useSyncExternalStore } from 'react';

let now = Date.now();
let timer: ReturnType<typeof setInterval> | undefined;
const listeners = new Set<() => void>();

function subscribe(listener: () => void): () => void {
  listeners.add(listener);
  now = Date.now();
  timer ??= setInterval(() => {
    now = Date.now();
    for (const each of listeners) each();
  }, 1_000);
  return () => {
    listeners.delete(listener);
    if (listeners.size > 0) return;
    clearInterval(timer);
    timer = undefined;
  };
}

/**
 * The time in epoch ms, ticking; one timer however many rows watch it.
 * @param step how often it moves, in milliseconds: a second for a wait, a minute (the default) for “today or another day”
 */
export const useNow = (step = 60_000): number => useSyncExternalStore(subscribe, () => now - (now % step));
