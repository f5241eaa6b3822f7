import { Button } from '@mantine/core';
import { IconArrowBackUp, IconCircleCheck, IconHelpCircle, IconLoader2, IconPlayerPlay, IconX } from '@tabler/icons-react';
import { useEffect, useState } from 'react';
import type { CommandView } from '../api/types.ts';
import { useEdgeClock } from '../chart/edge-clock.ts';
import { useWords } from '../words/words.tsx';
import styles from './repair.module.css';

type CommandCardProps = {
  command: CommandView;
  onConsent: (command: string) => void;
  onDecline: (command: string) => void;
  onSay: (text: string) => void;
};

const under = new Set<CommandView['state']>(['consented', 'running', 'reading-back']);
const good = new Set<CommandView['state']>(['done', 'confirmed']);
const unsure = new Set<CommandView['state']>(['not-seen', 'no-answer']);

/** A command from the question to the proof: what it would do before anyone agrees, how far it is, and what the machine itself then shows. */
export function CommandCard({ command, onConsent, onDecline, onSay }: CommandCardProps) {
  const { words, pick, number } = useWords();
  const left = useSecondsUntil(command.expiresAt, command.state === 'proposed');
  const state = command.state === 'proposed' && left === 0 ? 'expired' : command.state;
  const title = pick(command.title);
  if (state === 'proposed')
    return (
      <section className={styles.card} aria-label={`${words.command.proposed} ${title}`} data-to-person>
        <header className={styles.head}>
          <h3>{title}</h3>
          <span className={styles.tag} data-risk={command.risk}>
            {words.command.risk[command.risk]}
          </span>
        </header>
        {command.effect && <p className={styles.text}>{pick(command.effect)}</p>}
        <p className={styles.question}>{words.command.proposed}</p>
        <div className={styles.acts}>
          <Button className={styles.act} leftSection={<IconPlayerPlay size={26} aria-hidden />} onClick={() => onConsent(command.command)}>
            {words.command.yes}
          </Button>
          <Button
            className={styles.act}
            variant="default"
            leftSection={<IconX size={26} aria-hidden />}
            onClick={() => onDecline(command.command)}
          >
            {words.command.no}
          </Button>
        </div>
        <p className={styles.small}>{words.command.left(number(left))}</p>
      </section>
    );
  const tone = under.has(state) ? 'under' : good.has(state) ? 'good' : unsure.has(state) ? 'unsure' : 'bad';
  const Icon = { under: IconLoader2, good: IconCircleCheck, unsure: IconHelpCircle, bad: IconX }[tone];
  return (
    <section className={styles.line} data-tone={tone} role="status" aria-label={title}>
      <Icon className={tone === 'under' ? styles.turning : undefined} size={30} aria-hidden />
      <span className={styles.lineText}>
        <b>{title}</b>
        <span>
          {words.command.states[state]}
          <ReadBack command={command} />
        </span>
      </span>
      {command.undo && good.has(state) && (
        <Button
          className={styles.undo}
          variant="default"
          leftSection={<IconArrowBackUp size={24} aria-hidden />}
          onClick={() => onSay(words.say.undo)}
        >
          {words.command.undo}
        </Button>
      )}
    </section>
  );
}

function ReadBack({ command: { readBack } }: { command: CommandView }) {
  const { pick, reading, locale } = useWords();
  if (readBack?.value === undefined) return null;
  return (
    <span className={styles.small}>
      {' '}
      · {pick(readBack.title)}
      {locale === 'zh' ? '：' : ': '}
      {reading(readBack.value, readBack.unit)}
    </span>
  );
}

/** Whole seconds until a moment of the edge's clock, counted down while wanted. */
function useSecondsUntil(at: number, wanted: boolean): number {
  const clock = useEdgeClock();
  const left = () => Math.max(0, Math.ceil((at - clock()) / 1_000));
  const [seconds, setSeconds] = useState(left);
  // biome-ignore lint/correctness/useExhaustiveDependencies: the moment says all.
  useEffect(() => {
    if (!wanted) return;
    setSeconds(left());
    const timer = setInterval(() => setSeconds(left()), 1_000);
    return () => clearInterval(timer);
  }, [at, wanted]);
  return seconds;
}
