import { UnstyledButton } from '@mantine/core';
import { IconChevronRight } from '@tabler/icons-react';
import type { Fault } from '../api/types.ts';
import { useDetails } from '../detail.tsx';
import { useWords } from '../words/words.tsx';
import styles from './fault-card.module.css';
import { SafetyMark } from './safety-mark.tsx';

/** One possible cause in a list: what may still be done, what it is, how likely. */
export function FaultCard({ fault, thing }: { fault: Fault; thing?: string | undefined }) {
  const { words, pick, probability } = useWords();
  const { open } = useDetails();
  return (
    <UnstyledButton className={styles.card} data-card onClick={() => open({ kind: 'fault', thing: fault.thing, fault: fault.fault })}>
      <SafetyMark safety={fault.safety} size={36} />
      <span className={styles.text}>
        <span className={styles.title}>{pick(fault.title)}</span>
        <span className={styles.small}>
          {words.safety[fault.safety]} · {thing ?? probability(fault.probability)}
        </span>
      </span>
      <IconChevronRight size={24} aria-hidden className={styles.more} />
    </UnstyledButton>
  );
}
