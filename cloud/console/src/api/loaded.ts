import { useCallback, useEffect, useRef, useState } from 'react';
import { listen } from './live.ts';
import { HubError, signedOut } from './problem.ts';
import type { LiveEvent } from './types.ts';

export type Loaded<T> = {
  /** The newest answer; stays while a newer one is on its way or failed. */
  data: T | undefined;
  error: HubError | undefined;
  reload: () => void;
  set: (data: T) => void;
};

/** What was on screen last, so that going back shows it at once while it is fetched again; what was looked at longest ago goes. */
const lastSeen = new Map<string, unknown>();
const mostSeen = 100;

function remember(key: string, data: unknown): void {
  lastSeen.delete(key);
  lastSeen.set(key, data);
  for (const oldest of lastSeen.keys()) if (lastSeen.size > mostSeen) lastSeen.delete(oldest);
}

/** Forgets everything: the next person to sign in sees nothing of this one's. */
export const forget = (): void => lastSeen.clear();

/**
 * Loads something from the hub and keeps it fresh.
 * @param key names what is loaded; a new key loads anew
 * @param changed whether a live event means that it may have changed
 */
export function useLoaded<T>(key: string, load: () => Promise<T>, changed: (event: LiveEvent) => boolean = () => false): Loaded<T> {
  const [state, setState] = useState<{ key: string; data: T | undefined; error: HubError | undefined }>(() => ({
    key,
    data: lastSeen.get(key) as T | undefined,
    error: undefined,
  }));
  const current = useRef({ key, load, changed });
  current.current = { key, load, changed };
  const flight = useRef<{ key: string; again: boolean } | undefined>(undefined);

  const settle = useCallback((forKey: string, data: T | undefined, error: HubError | undefined) => {
    if (data !== undefined) remember(forKey, data);
    if (current.current.key === forKey) setState({ key: forKey, data: data ?? (lastSeen.get(forKey) as T | undefined), error });
  }, []);

  const reload = useCallback(() => {
    const { key: forKey, load: fetchIt } = current.current;
    // A burst of events costs at most two requests: the one under way and one after it.
    if (flight.current?.key === forKey) {
      flight.current.again = true;
      return;
    }
    const mine = { key: forKey, again: false };
    flight.current = mine;
    fetchIt()
      .then(
        (data) => settle(forKey, data, undefined),
        (error: unknown) => {
          // What is on screen stays as it is until somebody is in again: then all of it is fetched anew.
          if (error instanceof HubError && error.code === signedOut) return;
          settle(forKey, undefined, error instanceof HubError ? error : new HubError('internal', 0, String(error)));
        },
      )
      .finally(() => {
        if (flight.current === mine) flight.current = undefined;
        if (mine.again && current.current.key === forKey) reload();
      });
  }, [settle]);

  // biome-ignore lint/correctness/useExhaustiveDependencies: a new key is what loads anew
  useEffect(() => {
    reload();
    return listen((event) => {
      if (event.event === 'reconnected' || current.current.changed(event)) reload();
    });
  }, [key, reload]);

  const set = useCallback((data: T) => settle(current.current.key, data, undefined), [settle]);
  const shown = state.key === key ? state : { data: lastSeen.get(key) as T | undefined, error: undefined };
  return { data: shown.data, error: shown.error, reload, set };
}
