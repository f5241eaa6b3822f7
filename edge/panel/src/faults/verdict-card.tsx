import { UnstyledButton, VisuallyHidden } from '@mantine/core';
import { IconChevronRight } from '@tabler/icons-react';
import { useDetails } from '../detail.tsx';
import { useWords } from '../words/words.tsx';
import { SafetyMark } from './safety-mark.tsx';
import type { Verdict } from './verdict.ts';
import styles from './verdict-card.module.css';

/** "Is it safe to go on?", answered before anything else is said. */
export function VerdictCard({ verdict: { safety, fault, says }, thing }: { verdict: Verdict; thing: string | undefined }) {
  const { words, pick } = useWords();
  const { open } = useDetails();
  return (
    <section className={styles.card} data-safety={safety} aria-label={words.safeQuestion}>
      <h2 className={styles.question}>
        {words.safeQuestion}
        {thing && <span className={styles.thing}> · {thing}</span>}
      </h2>
      <p className={styles.word}>
        <SafetyMark safety={safety} size={52} />
        {words.safety[safety]}
      </p>
      <p className={styles.advice} aria-live="polite">
        {fault ? pick(fault.safetyAdvice) : (says ?? (safety === 'unknown' ? words.notHeard : words.noFaults))}
      </p>
      {fault && (
        <UnstyledButton className={styles.fault} onClick={() => open({ kind: 'fault', thing: fault.thing, fault: fault.fault })}>
          <span>{pick(fault.title)}</span>
          <IconChevronRight size={26} aria-hidden />
        </UnstyledButton>
      )}
    </section>
  );
}

type VerdictLineProps = {
  verdict: Verdict;
  thing: string | undefined;
  /** How many other faults there are. */
  more: number;
  /** The conversation needs the room; what to do before harm comes is said all the same. */
  brief: boolean;
};

/** The same in a few lines, where the screen is narrow: opens the overview. */
export function VerdictLine({ verdict: { safety, fault, says }, thing, more, brief }: VerdictLineProps) {
  const { words, pick } = useWords();
  const { show } = useDetails();
  return (
    <UnstyledButton className={styles.line} data-safety={safety} onClick={() => show({ kind: 'overview' })}>
      <VisuallyHidden>{`${words.overview}: `}</VisuallyHidden>
      <SafetyMark safety={safety} size={44} />
      <span className={styles.lineText}>
        <span className={styles.lineWord}>
          {words.safety[safety]}
          {thing && <span className={styles.thing}> · {thing}</span>}
        </span>
        <span className={styles.lineFault}>
          <span className={styles.lineTitle}>
            {fault ? pick(fault.title) : (says ?? (safety === 'unknown' ? words.notHeard : words.noFaults))}
          </span>
          {more > 0 && <span className={styles.lineMore}>{`\u00a0· ${words.advice.more(more)}`}</span>}
        </span>
        {fault && (!brief || safety === 'stop') && (
          <span className={styles.lineAdvice} aria-live="polite">
            {pick(fault.safetyAdvice)}
          </span>
        )}
      </span>
      <IconChevronRight size={26} aria-hidden />
    </UnstyledButton>
  );
}
