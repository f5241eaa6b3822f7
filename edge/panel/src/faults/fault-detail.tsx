import { Button } from '@mantine/core';
import { IconBook2, IconListCheck } from '@tabler/icons-react';
import { CauseGraph } from '@wayside/web/cause-graph';
import { Considered } from '@wayside/web/considered';
import type { Evidence } from '../api/types.ts';
import { useDetails } from '../detail.tsx';
import { useSite } from '../panel.tsx';
import { useWords } from '../words/words.tsx';
import { EvidenceList } from './evidence-list.tsx';
import styles from './fault-detail.module.css';
import { SafetyMark } from './safety-mark.tsx';

/** A fault opened: may one go on, what it is, what speaks for and against it, and what to do. */
export function FaultDetail({ thing, fault: id, onSay }: { thing: string; fault: string; onSay: (text: string) => void }) {
  const { words, pick, probability, percent, time } = useWords();
  const { open, close } = useDetails();
  const { faults } = useSite();
  const fault = faults.find((one) => one.fault === id && one.thing === thing);
  if (!fault) return <p>{words.faultGone}</p>;

  const sort = (wanted: boolean): Evidence[] => fault.evidence.filter((one) => one.for === wanted);
  return (
    <div className={styles.detail}>
      <section className={styles.safety} data-safety={fault.safety} aria-label={words.safeQuestion}>
        <SafetyMark safety={fault.safety} size={52} />
        <div>
          <p className={styles.word}>{words.safety[fault.safety]}</p>
          <p>{pick(fault.safetyAdvice)}</p>
        </div>
      </section>
      <p className={styles.explanation}>{pick(fault.explanation)}</p>
      <div className={styles.odds}>
        <p className={styles.probability}>{probability(fault.probability)}</p>
        <meter className={styles.meter} min={0} max={1} value={fault.probability} aria-hidden="true" />
        <p className={styles.since}>{words.since(time(fault.since))}</p>
      </div>
      <div className={styles.acts}>
        {fault.procedure && (
          <Button
            className={styles.act}
            leftSection={<IconListCheck size={26} aria-hidden />}
            onClick={() => {
              onSay(words.say.fix);
              close();
            }}
          >
            {words.showHow}
          </Button>
        )}
        {fault.article && (
          <Button
            className={styles.act}
            variant="default"
            leftSection={<IconBook2 size={26} aria-hidden />}
            onClick={() => open({ kind: 'article', id: fault.article!, thing: fault.thing })}
          >
            {words.readArticle}
          </Button>
        )}
      </div>
      <CauseGraph faults={faults.filter((one) => one.thing === thing)} words={words.causeGraph} pick={pick} percent={percent} />
      <EvidenceList title={words.evidenceFor} evidence={sort(true)} thing={thing} speaks="for" />
      <EvidenceList title={words.evidenceAgainst} evidence={sort(false)} thing={thing} speaks="against" />
      <Considered fault={fault} words={words} heading="h3" pick={pick} />
    </div>
  );
}
