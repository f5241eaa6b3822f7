import { useSyncExternalStore } from 'react';

/** Whether the hub answered last time it was asked. The banner shows it; `call` and the live stream set it. */
function createReach() {
  let reachable = true;
  const listeners = new Set<() => void>();
  const set = (now: boolean) => {
    if (now === reachable) return;
    reachable = now;
    for (const listener of listeners) listener();
  };
  return {
    lost: () => set(false),
    found: () => set(true),
    now: () => reachable,
    subscribe(listener: () => void) {
      listeners.add(listener);
      return () => void listeners.delete(listener);
    },
  };
}

export const reach = createReach();

export const useReachable = (): boolean => useSyncExternalStore(reach.subscribe, reach.now);
