import { Button } from '@mantine/core';
import { IconDatabaseX, IconPlugConnectedX } from '@tabler/icons-react';
import { useEffect, useState } from 'react';
import { backoff } from '../api/backoff.ts';
import { usePanel, useReach } from '../panel.tsx';
import { useWords } from '../words/words.tsx';
import styles from './unreachable-banner.module.css';

/** Counts down to the next attempt to reach the edge, each later than the one before, until it answers. */
function useRetry(lost: boolean): { seconds: number; tryNow: () => void } {
  const { site } = usePanel();
  const [attempt, setAttempt] = useState(0);
  const [seconds, setSeconds] = useState(0);

  useEffect(() => {
    if (!lost) {
      setAttempt(0);
      return;
    }
    const due = Date.now() + backoff(attempt + 1);
    const left = () => Math.ceil((due - Date.now()) / 1000);
    setSeconds(left());
    let asking = false;
    const tick = setInterval(() => {
      setSeconds(Math.max(0, left()));
      if (left() > 0 || asking) return;
      asking = true;
      void site.refresh().finally(() => setAttempt(attempt + 1));
    }, 500);
    return () => clearInterval(tick);
  }, [lost, attempt, site]);

  return { seconds, tryNow: () => void site.refresh() };
}

/** Shown while the edge does not answer, or cannot keep what is said: what that means, and when it is tried again. */
export function UnreachableBanner() {
  const { words, number } = useWords();
  const { edge } = useReach();
  const lost = edge === 'lost';
  const { seconds, tryNow } = useRetry(lost);
  return (
    <div role="alert" className={styles.region}>
      {lost && (
        <div className={styles.banner}>
          <IconPlugConnectedX size={30} aria-hidden />
          <p>
            <strong>{words.unreachable}</strong> {words.unreachableKept}{' '}
            <span aria-live="off">{seconds > 0 ? words.retryIn(number(seconds)) : words.retrying}</span>
          </p>
          <Button className={styles.now} variant="default" onClick={tryNow}>
            {words.retryNow}
          </Button>
        </div>
      )}
      {edge === 'full' && (
        <div className={styles.banner}>
          <IconDatabaseX size={30} aria-hidden />
          <p>
            <strong>{words.diskFull}</strong> {words.diskFullKept}
          </p>
        </div>
      )}
    </div>
  );
}
