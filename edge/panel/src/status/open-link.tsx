import { Button } from '@mantine/core';
import { IconKey } from '@tabler/icons-react';
import { useState } from 'react';
import type { Entered } from '../api/types.ts';
import { usePanel } from '../panel.tsx';
import { sayOutcome } from '../people/pin-detail.tsx';
import { PinPad } from '../people/pin-pad.tsx';
import { useSecondsUntil } from '../people/use-seconds-until.ts';
import { useWords } from '../words/words.tsx';
import styles from './open-link.module.css';

/** All that someone sees who has not come in: by the link that was printed, or on a phone by a code from the machine's screen. */
export function OpenLink() {
  const { words } = useWords();
  const { edge, household, site } = usePanel();
  const [typing, setTyping] = useState(false);
  const [outcome, setOutcome] = useState<Entered | 'away'>();
  const left = useSecondsUntil(outcome !== 'away' && outcome?.outcome === 'locked' ? outcome.until : undefined);
  const pair = async (code: string) => {
    const reply = await edge.post<Entered>('v1/auth/pair', { code });
    setOutcome(reply.kind === 'ok' ? reply.body : 'away');
    if (reply.kind !== 'ok' || reply.body.outcome !== 'entered') return;
    await household.refresh();
    await site.refresh();
  };
  return (
    <main className={styles.page}>
      <IconKey size={64} stroke={1.4} aria-hidden />
      <h1>{typing ? words.people.pairTitle : words.openLink}</h1>
      <p>{typing ? words.people.pairWhy : words.openLinkWhy}</p>
      {typing ? (
        <div className={styles.code}>
          <p role="status">{left > 0 ? words.people.locked(left) : sayOutcome(outcome, words.people)}</p>
          <PinPad label={words.people.code} least={8} most={8} disabled={left > 0} onDone={(code) => void pair(code)} />
        </div>
      ) : (
        <Button className={styles.again} variant="default" onClick={() => setTyping(true)}>
          {words.people.pairOpen}
        </Button>
      )}
    </main>
  );
}
