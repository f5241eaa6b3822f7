import { Button } from '@mantine/core';
import { IconListNumbers } from '@tabler/icons-react';
import type { RepairsView } from '../api/types.ts';
import { useWords } from '../words/words.tsx';
import styles from './repair.module.css';
import { RepairCard } from './repair-card.tsx';

/** A verdict stays on the screen so long, ms; then the conversation has it. */
const verdictStays = 10 * 60_000;

type RepairStripProps = {
  view: RepairsView | undefined;
  now: number;
  /** The step, or what belongs to it, is on the screen already. */
  inStep: boolean;
  /** The verdict is on the screen already. */
  shown: string | undefined;
  /** One line and a tap: the conversation needs the room. */
  brief: boolean;
  onSay: (text: string) => void;
};

/** What goes on about a repair of this machine: a procedure one can go on with, and whether the last one worked. */
export function RepairStrip({ view, now, inStep, shown, brief, onSay }: RepairStripProps) {
  const { words, pick } = useWords();
  const newest = view?.repairs[0];
  const fresh = newest && (newest.state === 'watching' || now - (newest.decidedAt ?? 0) < verdictStays) && shown !== newest.repair;
  const progress = inStep ? null : view?.progress;
  if (!fresh && !progress) return null;
  return (
    <div className={styles.strip}>
      {progress && (
        <section className={styles.line} data-tone="under" aria-label={pick(progress.title)}>
          <IconListNumbers size={30} aria-hidden />
          <span className={styles.lineText}>
            <b>{pick(progress.title)}</b>
            <span>{words.step(progress.number, progress.of)}</span>
          </span>
          <Button className={styles.goOn} onClick={() => onSay(words.say.goOn)}>
            {words.repair.goOn}
          </Button>
        </section>
      )}
      {fresh && <RepairCard repair={newest} brief={brief} />}
    </div>
  );
}
