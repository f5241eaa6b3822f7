import { useState } from 'react';
import type { Entered } from '../api/types.ts';
import { useDetails } from '../detail.tsx';
import { useWords } from '../words/words.tsx';
import styles from './people.module.css';
import { sayOutcome } from './pin-detail.tsx';
import { PinPad } from './pin-pad.tsx';
import { usePeople } from './use-people.ts';
import { useSecondsUntil } from './use-seconds-until.ts';

/** The code of another place: whoever types it is the same person here. What that means is said before. */
export function JoinDetail() {
  const { words } = useWords();
  const { household } = usePeople();
  const { close } = useDetails();
  const [outcome, setOutcome] = useState<Entered | 'away'>();
  const [refused, setRefused] = useState('');
  const left = useSecondsUntil(outcome !== 'away' && outcome?.outcome === 'locked' ? outcome.until : undefined);
  const join = async (code: string) => {
    const done = await household.joinOther(code);
    if (done.kind === 'ok' && done.body.outcome === 'entered') return close();
    setRefused(done.kind === 'refused' ? done.detail : '');
    setOutcome(done.kind === 'ok' ? done.body : done.kind === 'away' ? 'away' : undefined);
  };
  return (
    <div className={styles.narrow}>
      <p>{words.people.joinMeans}</p>
      <p className={styles.trouble} role="status">
        {left > 0 ? words.people.locked(left) : outcome === 'away' ? words.people.noHub : refused || sayOutcome(outcome, words.people)}
      </p>
      <PinPad label={words.people.code} least={8} most={8} disabled={left > 0} onDone={(code) => void join(code)} />
    </div>
  );
}
