import { useState } from 'react';
import styles from './answer-text.module.css';
import { type AnswerPart, firstSentence, inParts, type Shown } from './in-parts.ts';

type Props = {
  text: string;
  parts?: readonly AnswerPart[] | undefined;
  /** Under these words what the answer rests on folds; without them it is shown. */
  restsOn?: string;
  /** Its font size is that of plain text; the rest follows from it. */
  className?: string | undefined;
};

/** What is said, so that a driver at arm's length has it in two seconds: large what to do, then what it is; what that rests on folds. */
export function AnswerText({ text, parts, restsOn, className }: Props) {
  return (
    <div className={`${styles.parts} ${className ?? ''}`}>
      {inParts(text, parts).map((part, at) => (
        // Two parts may say the same.
        // biome-ignore lint/suspicious/noArrayIndexKey: a part is its place
        <Part key={at} {...part} restsOn={restsOn} />
      ))}
    </div>
  );
}

function Part({ kind, text, restsOn }: Shown & { restsOn: string | undefined }) {
  const [open, setOpen] = useState(false);
  if (kind === 'do') {
    const [first, rest] = firstSentence(text);
    return (
      <p className={styles.rest}>
        <strong className={styles.do}>{first}</strong>
        {rest}
      </p>
    );
  }
  if (kind !== 'basis' || restsOn === undefined) return <p className={styles[kind]}>{text}</p>;
  return (
    <details className={styles.basis} onToggle={(event) => setOpen(event.currentTarget.open)}>
      <summary>{restsOn}</summary>
      {open && <p>{text}</p>}
    </details>
  );
}
