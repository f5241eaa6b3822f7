import { UnstyledButton, VisuallyHidden } from '@mantine/core';
import { IconChevronRight, IconMessageCircle } from '@tabler/icons-react';
import type { Fault, ThingView } from '../api/types.ts';
import { useDetails } from '../detail.tsx';
import { SafetyMark } from '../faults/safety-mark.tsx';
import { verdictOf } from '../faults/verdict.ts';
import { useWords } from '../words/words.tsx';
import { FamilyIcon } from './family-icon.tsx';
import { keySignals } from './key-signals.ts';
import { Presence } from './presence.tsx';
import { SignalValue } from './signal-value.tsx';
import styles from './thing-card.module.css';

type CardProps = { thing: ThingView; faults: readonly Fault[]; now: number; chosen: boolean; onChoose: (id: string) => void };

/** A machine at a glance. The one talked about shows its newest values; a tap on another one makes it the one talked about. */
export function ThingCard({ thing, faults, now, chosen, onChoose }: CardProps) {
  const { words, pick } = useWords();
  const { open } = useDetails();
  const { safety } = verdictOf(thing, faults, now);
  const signals = chosen ? keySignals(thing, 4) : [];
  return (
    <li className={styles.card} data-card data-chosen={chosen || undefined}>
      <UnstyledButton className={styles.head} aria-pressed={chosen} onClick={() => onChoose(thing.id)}>
        <FamilyIcon family={thing.family} size={32} />
        <span className={styles.name}>
          <span className={styles.title}>{thing.title}</span>
          <Presence thing={thing} />
        </span>
        {chosen ? <IconMessageCircle size={26} aria-hidden className={styles.talking} /> : <SafetyMark safety={safety} size={30} />}
        <VisuallyHidden>{`. ${words.safety[safety]}. ${words.talkAbout(thing.title)}`}</VisuallyHidden>
      </UnstyledButton>
      {signals.length > 0 && (
        <ul className={styles.signals}>
          {signals.map(([name, signal]) => (
            <li key={name}>
              <UnstyledButton className={styles.signal} onClick={() => open({ kind: 'signal', thing: thing.id, signal: name })}>
                <span className={styles.label}>{pick(signal.title)}</span>
                <span className={styles.value}>
                  <SignalValue signal={signal} />
                </span>
              </UnstyledButton>
            </li>
          ))}
        </ul>
      )}
      {chosen && (
        <UnstyledButton className={styles.all} onClick={() => open({ kind: 'thing', thing: thing.id })}>
          {words.allSignals}
          <IconChevronRight size={24} aria-hidden />
        </UnstyledButton>
      )}
    </li>
  );
}
