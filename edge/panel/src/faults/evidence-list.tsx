import { UnstyledButton } from '@mantine/core';
import { IconChevronRight, IconMinus, IconPlus } from '@tabler/icons-react';
import type { Evidence } from '../api/types.ts';
import { type Detail, useDetails } from '../detail.tsx';
import { useWords } from '../words/words.tsx';
import styles from './evidence-list.module.css';

/** What a piece of evidence opens: the signal's chart at its moment, or the code with its freeze frame. */
function detailOf(one: Evidence, thing: string): Detail | undefined {
  if (one.signal) return { kind: 'signal', thing, signal: one.signal, at: one.at, band: bandOf(one) };
  return one.kind === 'dtc' ? { kind: 'dtc', thing, code: one.ref } : undefined;
}

const bandOf = ({ low, high }: Evidence) => (low === undefined && high === undefined ? undefined : { low, high });

function Row({ one, thing, speaks }: { one: Evidence; thing: string; speaks: 'for' | 'against' }) {
  const { words, pick, reading, time } = useWords();
  const { open } = useDetails();
  const detail = detailOf(one, thing);
  const Mark = speaks === 'for' ? IconPlus : IconMinus;
  const about = [
    one.kind === 'dtc' ? `${words.evidenceKinds.dtc} ${one.ref}` : words.evidenceKinds[one.kind],
    one.value === undefined ? '' : reading(one.value, one.unit),
    one.at === undefined ? '' : time(one.at),
  ].filter(Boolean);
  const inside = (
    <>
      <Mark size={24} stroke={2.5} aria-hidden className={styles.mark} data-speaks={speaks} />
      <span className={styles.text}>
        <span>{pick(one.title)}</span>
        <span className={styles.small}>{about.join(' · ')}</span>
      </span>
      {detail && <IconChevronRight size={24} aria-hidden className={styles.more} />}
    </>
  );
  return (
    <li>
      {detail ? (
        <UnstyledButton className={styles.row} onClick={() => open(detail)}>
          {inside}
        </UnstyledButton>
      ) : (
        <div className={styles.row}>{inside}</div>
      )}
    </li>
  );
}

/** One side of the evidence. */
export function EvidenceList(props: { title: string; evidence: readonly Evidence[]; thing: string; speaks: 'for' | 'against' }) {
  const { title, evidence, thing, speaks } = props;
  const { words } = useWords();
  return (
    <section>
      <h3 className={styles.title}>{title}</h3>
      {evidence.length === 0 && <p className={styles.small}>{words.noEvidence}</p>}
      <ul className={styles.list}>
        {evidence.map((one) => (
          <Row key={`${one.kind} ${one.ref}`} one={one} thing={thing} speaks={speaks} />
        ))}
      </ul>
    </section>
  );
}
