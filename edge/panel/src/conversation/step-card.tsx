import { Button } from '@mantine/core';
import {
  IconAlertTriangle,
  IconArrowLeft,
  IconCheck,
  IconClock,
  IconHandStop,
  IconPlayerPlay,
  IconPlayerSkipForward,
  IconThumbDown,
  IconTools,
  IconX,
} from '@tabler/icons-react';
import type { GuidedStep } from '../api/types.ts';
import { usePanel } from '../panel.tsx';
import { useWords } from '../words/words.tsx';
import styles from './cards.module.css';

/** One step of a guided procedure: where one is in it, what is needed, what to mind, what to do, and where each way out leads. */
export function StepCard({ step, onSay }: { step: GuidedStep; onSay: (text: string) => void }) {
  const { words } = useWords();
  const { edge } = usePanel();
  const { picture, action, leads = {} } = step;
  // With an action on offer, a spoken yes would mean that.
  const asks = step.asks && !action;
  const leadsTo = (to: 'end' | 'person' | undefined) => to && <span className={styles.leads}>{words.leads[to]}</span>;
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
      <Preparation step={step} />
      {step.safety && (
        <p className={styles.safety}>
          <IconAlertTriangle size={28} aria-hidden />
          {step.safety}
        </p>
      )}
      <p className={styles.stepText}>{step.text}</p>
      {picture && <img className={styles.picture} src={edge.url(picture.url)} alt={picture.alt} />}
      {action && (
        <div className={styles.offer}>
          {action.effect && <p>{action.effect}</p>}
          <Button
            className={styles.act}
            variant="default"
            leftSection={<IconPlayerPlay size={26} aria-hidden />}
            onClick={() => onSay(words.say.doIt)}
          >
            {words.doForMe(action.title)}
          </Button>
        </div>
      )}
      <div className={styles.acts}>
        <Button
          className={styles.act}
          leftSection={<IconCheck size={26} aria-hidden />}
          onClick={() => onSay(asks ? words.say.yes : words.say.done)}
        >
          {asks ? words.yes : words.stepDone}
        </Button>
        <Button
          className={styles.act}
          variant="default"
          leftSection={asks ? <IconX size={24} aria-hidden /> : <IconThumbDown size={24} aria-hidden />}
          onClick={() => onSay(asks ? words.say.no : words.say.failed)}
        >
          <span>
            {asks ? words.no : words.stepFailed}
            {leadsTo(leads.failed)}
          </span>
        </Button>
      </div>
      <div className={styles.quiet}>
        {step.canGoBack && (
          <Button variant="subtle" leftSection={<IconArrowLeft size={22} aria-hidden />} onClick={() => onSay(words.say.back)}>
            {words.stepBack}
          </Button>
        )}
        <Button variant="subtle" leftSection={<IconPlayerSkipForward size={22} aria-hidden />} onClick={() => onSay(words.say.skip)}>
          {words.skip}
        </Button>
        <Button variant="subtle" leftSection={<IconHandStop size={22} aria-hidden />} onClick={() => onSay(words.say.stop)}>
          {words.stepStop}
        </Button>
      </div>
    </section>
  );
}

/** Before the first step: what to have at hand, how long it takes, how often it has worked. */
function Preparation({ step: { tools, minutes, rate } }: { step: GuidedStep }) {
  const { words, number, locale } = useWords();
  const judged = rate ? rate.fixed + rate.notFixed : 0;
  const told = rate && judged >= 3 ? words.rate(number(rate.fixed), number(judged)) : undefined;
  if (!tools && !minutes && !told) return null;
  return (
    <ul className={styles.needs}>
      {tools && (
        <li>
          <IconTools size={24} aria-hidden />
          {words.tools(tools.join(locale === 'zh' ? '、' : ', '))}
        </li>
      )}
      {minutes && (
        <li>
          <IconClock size={24} aria-hidden />
          {words.minutes(minutes)}
        </li>
      )}
      {told && (
        <li>
          <IconCheck size={24} aria-hidden />
          {told}
        </li>
      )}
    </ul>
  );
}
