import { ActionIcon, Button, UnstyledButton } from '@mantine/core';
import { IconChevronRight, IconX } from '@tabler/icons-react';
import { useState } from 'react';
import type { AdviceView, Fault } from '../api/types.ts';
import { useDetails } from '../detail.tsx';
import { SafetyMark } from '../faults/safety-mark.tsx';
import { usePanel, useSite } from '../panel.tsx';
import { useWords } from '../words/words.tsx';
import styles from './advice-strip.module.css';

/**
 * What the agent says before anyone asks: the gravest in one line, the others behind a tap. Each can be put aside.
 * @param above the fault whose name and advice the verdict above says already
 * @param asked something must be answered or done now: of the others only what must stop is said beside it
 * @param brief while somebody talks, what it is about is enough, beside what must stop
 */
export function AdviceStrip({ above, asked, brief }: { above: Fault | undefined; asked: boolean; brief: boolean }) {
  const { words } = useWords();
  const site = useSite();
  const [all, setAll] = useState(false);
  const advice = site.advice.filter(
    ({ kind, thing, ref, safety }) => (!asked || safety === 'stop') && (kind !== 'fault' || thing !== above?.thing || ref !== above.fault),
  );
  if (advice.length === 0) return null;
  const shown = all ? advice : advice.slice(0, 1);
  return (
    <section className={styles.strip} aria-label={words.advice.title} data-brief={(brief && !all) || undefined}>
      <ul className={styles.list} aria-live="polite">
        {shown.map((one) => (
          <One key={one.advice} advice={one} brief={brief && !all && one.safety !== 'stop'} />
        ))}
      </ul>
      {advice.length > 1 && (
        <Button className={styles.more} variant="subtle" aria-expanded={all} onClick={() => setAll(!all)}>
          {all ? words.advice.fewer : words.advice.more(advice.length - 1)}
        </Button>
      )}
    </section>
  );
}

function One({ advice, brief }: { advice: AdviceView; brief: boolean }) {
  const { words, pick } = useWords();
  const { site } = usePanel();
  const { things } = useSite();
  const { show } = useDetails();
  const { kind, thing, ref, article, safety, worse } = advice;
  const title = pick(advice.title);
  const where = things?.find((one) => one.id === thing)?.title ?? thing;
  const opens = kind === 'fault' || article !== undefined;
  const open = () =>
    kind === 'fault' ? show({ kind: 'fault', thing, fault: ref }) : article && show({ kind: 'article', id: article, thing });
  const remark = worse ? words.advice.worse : kind === 'fault' ? undefined : words.advice[kind];
  const beside = [where, title, ...(remark ? [remark] : [])];
  const text = (
    <>
      <SafetyMark safety={safety} size={brief ? 30 : 38} />
      <span className={styles.text}>
        {!brief && <span className={styles.what}>{pick(advice.text)}</span>}
        <span className={styles.where}>{beside.join(' · ')}</span>
      </span>
    </>
  );
  return (
    <li className={styles.one} data-safety={safety} data-whole={!opens || undefined}>
      {opens ? (
        <UnstyledButton className={styles.body} onClick={open}>
          {text}
          {!brief && <IconChevronRight size={24} aria-hidden />}
        </UnstyledButton>
      ) : (
        <div className={styles.body}>{text}</div>
      )}
      <ActionIcon
        className={styles.away}
        variant="transparent"
        aria-label={words.advice.dismiss(title)}
        onClick={() => site.dismiss(advice.advice)}
      >
        <IconX size={26} aria-hidden />
      </ActionIcon>
    </li>
  );
}
