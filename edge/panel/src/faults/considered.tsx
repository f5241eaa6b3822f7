import { easiestFirst } from '@wayside/web/cause-graph';
import type { ReactNode } from 'react';
import type { Fault } from '../api/types.ts';
import { useWords } from '../words/words.tsx';
import styles from './considered.module.css';

/** More ways to be wrong than this nobody reads. */
const mostChanges = 3;

/** What else went into the verdict: what was asked, what would overturn it, and what no known cause explains. */
export function Considered({ fault: { asked = [], wouldChange = [], unexplained = [] } }: { fault: Fault }) {
  const { words, pick } = useWords();
  return (
    <>
      <Lines title={words.askedAbout}>
        {asked.map(({ observation, question, answer }) => (
          <li key={observation} className={styles.asked}>
            <span>{pick(question)}</span>
            <b>{words.answers[answer]}</b>
          </li>
        ))}
      </Lines>
      <Lines title={words.wouldChange}>
        {easiestFirst(wouldChange)
          .slice(0, mostChanges)
          .map(({ kind, ref, title, if: when, fault, faultTitle }) => (
            <li key={`${kind} ${ref} ${when} ${fault}`}>{words.ifSo[when](pick(title), pick(faultTitle))}</li>
          ))}
      </Lines>
      <Lines title={words.unexplained}>
        {unexplained.map(({ kind, ref, title }) => (
          <li key={`${kind} ${ref}`}>{pick(title)}</li>
        ))}
      </Lines>
    </>
  );
}

/** A list under its heading; nothing at all when it is empty. */
function Lines({ title, children }: { title: string; children: ReactNode[] }) {
  if (children.length === 0) return null;
  return (
    <section>
      <h3 className={styles.title}>{title}</h3>
      <ul className={styles.list}>{children}</ul>
    </section>
  );
}
