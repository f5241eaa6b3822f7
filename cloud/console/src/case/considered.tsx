import { easiestFirst } from '@wayside/web/cause-graph';
import type { ReactNode } from 'react';
import type { Fault } from '../api/types.ts';
import { useWords } from '../words/use-words.tsx';
import css from './case.module.css';

/** More ways to be wrong than this nobody reads. */
const mostChanges = 3;

/** What else went into the verdict: what was asked, what would overturn it, and what no known cause explains. */
export function Considered({ fault: { asked = [], wouldChange = [], unexplained = [] } }: { fault: Fault }) {
  const { w, pick } = useWords();
  return (
    <>
      <Lines title={w.case.askedAbout}>
        {asked.map(({ observation, question, answer }) => (
          <li key={observation}>
            {pick(question)} <b>{w.case.answers[answer]}</b>
          </li>
        ))}
      </Lines>
      <Lines title={w.case.wouldChange}>
        {easiestFirst(wouldChange)
          .slice(0, mostChanges)
          .map(({ kind, ref, title, if: when, fault, faultTitle }) => (
            <li key={`${kind} ${ref} ${when} ${fault}`}>{w.case.ifSo[when](pick(title), pick(faultTitle))}</li>
          ))}
      </Lines>
      <Lines title={w.case.unexplained}>
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
    <div className={css.considered}>
      <h4>{title}</h4>
      <ul>{children}</ul>
    </div>
  );
}
