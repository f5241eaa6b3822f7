import type { ReactNode } from 'react';
import styles from './considered.module.css';
import { type Change, easiestFirst, type Localized } from './lay-out-causes.ts';

type Answer = 'yes' | 'no' | 'unsure';
type If = 'yes' | 'no' | 'present' | 'absent';

/** The parts of a fault report that tell what went into its verdict. */
export type Considerable = {
  asked?: { observation: string; question: Localized; answer: Answer }[] | undefined;
  wouldChange?: (Change & { if: If })[] | undefined;
  unexplained?: { kind: string; ref: string; title: Localized }[] | undefined;
};

export type ConsideredWords = {
  askedAbout: string;
  answers: Record<Answer, string>;
  wouldChange: string;
  ifSo: Record<If, (what: string, then: string) => string>;
  unexplained: string;
};

/** More ways to be wrong than this nobody reads. */
const mostChanges = 3;

/**
 * What else went into the verdict: what was asked, what would overturn it, and what no known cause explains. Sizes come from the page:
 * `--considered-title`, `--considered-gap`.
 */
export function Considered(props: { fault: Considerable; words: ConsideredWords; heading: 'h3' | 'h4'; pick(text: Localized): string }) {
  const { fault, words, heading, pick } = props;
  const { asked = [], wouldChange = [], unexplained = [] } = fault;
  return (
    <>
      <Lines heading={heading} title={words.askedAbout}>
        {asked.map(({ observation, question, answer }) => (
          <li key={observation} className={styles.asked}>
            <span>{pick(question)}</span>
            <b>{words.answers[answer]}</b>
          </li>
        ))}
      </Lines>
      <Lines heading={heading} title={words.wouldChange}>
        {easiestFirst(wouldChange)
          .slice(0, mostChanges)
          .map(({ kind, ref, title, if: when, fault: other, faultTitle }) => (
            <li key={`${kind} ${ref} ${when} ${other}`}>{words.ifSo[when](pick(title), pick(faultTitle))}</li>
          ))}
      </Lines>
      <Lines heading={heading} title={words.unexplained}>
        {unexplained.map(({ kind, ref, title }) => (
          <li key={`${kind} ${ref}`}>{pick(title)}</li>
        ))}
      </Lines>
    </>
  );
}

/** A list under its heading; nothing at all when it is empty. */
function Lines({ heading: Heading, title, children }: { heading: 'h3' | 'h4'; title: string; children: ReactNode[] }) {
  if (children.length === 0) return null;
  return (
    <section>
      <Heading className={styles.title}>{title}</Heading>
      <ul className={styles.list}>{children}</ul>
    </section>
  );
}
