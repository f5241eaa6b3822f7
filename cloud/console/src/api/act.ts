import { useCallback, useRef, useState } from 'react';
import { HubError, signedOut } from './problem.ts';

export type Act<A extends unknown[]> = {
  run: (...args: A) => Promise<void>;
  busy: boolean;
  error: HubError | undefined;
  clear: () => void;
};

/** Something a button does: busy while it runs, its refusal kept to be shown, a second press ignored meanwhile. */
export function useAct<A extends unknown[]>(act: (...args: A) => Promise<void>): Act<A> {
  const [busy, setBusy] = useState(false);
  const [error, setError] = useState<HubError | undefined>();
  const running = useRef(false);
  const latest = useRef(act);
  latest.current = act;

  const run = useCallback(async (...args: A) => {
    if (running.current) return;
    running.current = true;
    setBusy(true);
    setError(undefined);
    try {
      await latest.current(...args);
    } catch (thrown) {
      const error =
        thrown instanceof HubError ? thrown : new HubError('internal', 0, thrown instanceof Error ? thrown.message : String(thrown));
      if (error.code !== signedOut) setError(error);
    } finally {
      running.current = false;
      setBusy(false);
    }
  }, []);
  return { run, busy, error, clear: useCallback(() => setError(undefined), []) };
}
