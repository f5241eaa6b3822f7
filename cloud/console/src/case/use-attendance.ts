import { useCallback, useEffect, useRef, useState } from 'react';
import { listen } from '../api/live.ts';
import type { Attendant } from '../api/types.ts';

type Does = 'looks' | 'writes' | 'leaves';

/** The hub forgets who has not said for 40 s that they have the case open. */
const hereMs = 15_000;
/** So often it is said that one writes, and so long after the last key no more. */
const writesMs = 3_000;

/** Says what one does at a case. It is a courtesy: what does not arrive is not missed, and nobody is asked to sign in for it. */
async function say(caseId: string, does: Does): Promise<Attendant[] | undefined> {
  try {
    const response = await fetch(`v1/cases/${encodeURIComponent(caseId)}/attend`, {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify({ does }),
      // The last word is said while the page closes.
      keepalive: true,
    });
    return response.ok ? ((await response.json()) as { here: Attendant[] }).here : undefined;
  } catch {
    return undefined;
  }
}

/**
 * Who else has this case open, and who of them writes; they see the same of whoever looks at this page while it is in front.
 * @returns `typed` is called with each key, `rested` when what was written is sent
 */
export function useAttendance(caseId: string, me: string): { others: Attendant[]; typed: () => void; rested: () => void } {
  const [others, setOthers] = useState<Attendant[]>([]);
  const saidAt = useRef(0);
  const calm = useRef<ReturnType<typeof setTimeout>>(undefined);

  useEffect(() => {
    const look = () => {
      if (document.visibilityState === 'visible') void say(caseId, 'looks').then((here) => here && setOthers(here));
      else void say(caseId, 'leaves');
    };
    const leave = () => void say(caseId, 'leaves');
    look();
    const timer = setInterval(() => document.visibilityState === 'visible' && look(), hereMs);
    document.addEventListener('visibilitychange', look);
    addEventListener('pagehide', leave);
    const stop = listen((news) => {
      if (news.event === 'reconnected') look();
      if (news.event === 'attend' && news.data.case === caseId) setOthers(news.data.here.filter(({ id }) => id !== me));
    });
    return () => {
      clearInterval(timer);
      clearTimeout(calm.current);
      document.removeEventListener('visibilitychange', look);
      removeEventListener('pagehide', leave);
      stop();
      leave();
    };
  }, [caseId, me]);

  const rested = useCallback(() => {
    clearTimeout(calm.current);
    if (saidAt.current > 0) void say(caseId, 'looks');
    saidAt.current = 0;
  }, [caseId]);
  const typed = useCallback(() => {
    if (Date.now() - saidAt.current > writesMs) {
      saidAt.current = Date.now();
      void say(caseId, 'writes');
    }
    clearTimeout(calm.current);
    calm.current = setTimeout(rested, writesMs);
  }, [caseId, rested]);
  return { others, typed, rested };
}
