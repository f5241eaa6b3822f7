import { useState } from 'react';
import type { Entered } from '../api/types.ts';
import { useDetails } from '../detail.tsx';
import { useWords } from '../words/words.tsx';
import { Face } from './face.tsx';
import styles from './people.module.css';
import { PinPad } from './pin-pad.tsx';
import { usePeople } from './use-people.ts';
import { useSecondsUntil } from './use-seconds-until.ts';

/** The PIN of the one who was chosen. What is wrong with it is said, and how long to wait when it was wrong too often. */
export function PinDetail({ person }: { person: string }) {
  const { words } = useWords();
  const { household, people } = usePeople();
  const { close } = useDetails();
  const [outcome, setOutcome] = useState<Entered | 'away'>();
  const left = useSecondsUntil(outcome !== 'away' && outcome?.outcome === 'locked' ? outcome.until : undefined);
  const name = people.find((one) => one.person === person)?.name;
  const tryPin = async (pin: string) => {
    const done = await household.enter(person, pin);
    if (done.kind === 'ok' && done.body.outcome === 'entered') return close();
    setOutcome(done.kind === 'ok' ? done.body : 'away');
  };
  return (
    <div className={styles.narrow}>
      <div className={styles.whose}>
        <Face name={name} size={56} />
        <b>{name}</b>
      </div>
      <p className={styles.trouble} role="status">
        {left > 0 ? words.people.locked(left) : sayOutcome(outcome, words.people)}
      </p>
      <PinPad label={words.people.enterPin} least={4} most={8} hidden disabled={left > 0} onDone={(pin) => void tryPin(pin)} />
      <p className={styles.small}>{words.people.forgotPin}</p>
    </div>
  );
}

type PeopleWords = ReturnType<typeof useWords>['words']['people'];

export function sayOutcome(outcome: Entered | 'away' | undefined, words: PeopleWords): string {
  if (outcome === undefined) return '';
  if (outcome === 'away') return words.away;
  if (outcome.outcome === 'wrong-pin') return words.wrongPin(outcome.triesLeft);
  return outcome.outcome === 'wrong-code' ? words.wrongCode : '';
}
