import type { CustomerView } from '@wayside/hub/api-types';
import { useCallback, useEffect, useRef, useState } from 'react';

/** Asks so often while the page is in view. */
const everyMs = 4_000;

export type Post = (path: string, body: unknown) => Promise<boolean>;
export type Customer = { view: CustomerView | undefined; gone: boolean; away: boolean; post: Post };

const post = (path: string, body: unknown) =>
  fetch(`v1/customer/${path}`, { method: 'POST', headers: { 'content-type': 'application/json' }, body: JSON.stringify(body) });

/** A link is good for one request, and strict mode asks twice: the second waits for the first. */
let opening: Promise<unknown> | undefined;

/** Spends the link in the address, once, and takes it out of there. */
function open(): Promise<unknown> {
  const link = location.hash.slice(1);
  if (link === '') return opening ?? Promise.resolve();
  history.replaceState(null, '', location.pathname);
  opening = post('open', { link });
  return opening;
}

/** The person's case, fetched again and again while they look. */
export function useCustomer(): Customer {
  const [view, setView] = useState<CustomerView>();
  const [gone, setGone] = useState(false);
  const [away, setAway] = useState(false);
  const looking = useRef(false);

  const look = useCallback(async () => {
    if (looking.current) return;
    looking.current = true;
    try {
      await open();
      const answer = await fetch('v1/customer');
      setGone(answer.status === 401);
      setAway(!answer.ok && answer.status !== 401);
      if (answer.ok) setView((await answer.json()) as CustomerView);
    } catch {
      setAway(true);
    } finally {
      looking.current = false;
    }
  }, []);

  useEffect(() => {
    void look();
    const seen = () => document.visibilityState === 'visible' && void look();
    const timer = setInterval(seen, everyMs);
    document.addEventListener('visibilitychange', seen);
    return () => {
      clearInterval(timer);
      document.removeEventListener('visibilitychange', seen);
    };
  }, [look]);

  return {
    view,
    gone,
    away,
    post: useCallback(
      async (path, body) => {
        const done = await post(path, body).then(
          ({ ok }) => ok,
          () => false,
        );
        await look();
        return done;
      },
      [look],
    ),
  };
}
