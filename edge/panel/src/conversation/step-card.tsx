import { Button } from '@mantine/core';
import { IconAlertTriangle, IconCheck, IconHandStop, IconThumbDown } from '@tabler/icons-react';
import type { GuidedStep } from '../api/types.ts';
import { useWords } from '../words/words.tsx';
import styles from './cards.module.css';

/** One step of a guided procedure: where one is in it, what to mind, what to do, and what came of it. */
export function StepCard({ step, onSay }: { step: GuidedStep; onSay: (text: string) => void }) {
  const { words } = useWords();
  const say = { done: () => onSay(words.say.done), failed: () => onSay(words.say.failed), stop: () => onSay(words.say.stop) };
  return (
    <section className={styles.step} aria-label={`${step.title}, ${words.step(step.number, step.of)}`}>
      <header className={styles.stepHead}>
        <h3>{step.title}</h3>
        <span className={styles.count}>{words.step(step.number, step.of)}</span>
        <span className={styles.bar} aria-hidden="true">
          {Array.from({ length: Math.min(step.of, 20) }, (_, i) => (
            // biome-ignore lint/suspicious/noArrayIndexKey: segments have no other identity than their place.
            <span key={i} data-past={i < step.number || undefined} />
          ))}
        </span>
      </header>
      {step.safety && (
        <p className={styles.safety}>
          <IconAlertTriangle size={28} aria-hidden />
          {step.safety}
        </p>
      )}
      <p className={styles.stepText}>{step.text}</p>
      <div className={styles.acts}>
        <Button className={styles.act} leftSection={<IconCheck size={26} aria-hidden />} onClick={say.done}>
          {words.stepDone}
        </Button>
        <Button className={styles.act} variant="default" leftSection={<IconThumbDown size={24} aria-hidden />} onClick={say.failed}>
          {words.stepFailed}
        </Button>
        <Button className={styles.act} variant="default" leftSection={<IconHandStop size={24} aria-hidden />} onClick={say.stop}>
          {words.stepStop}
        </Button>
      </div>
    </section>
  );
}
