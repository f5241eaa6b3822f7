import { IconChevronDown } from '@tabler/icons-react';
import { useState } from 'react';
import { useWords } from '../words/words.tsx';
import styles from './answer-text.module.css';
import { firstSentence, inParts, type Shown } from './in-parts.ts';

/** What is said, so that a driver at arm's length has it in two seconds: large what to do, then what it is; what that rests on folds. */
export function AnswerText({ text, parts }: { text: string; parts?: Parameters<typeof inParts>[1] }) {
  return (
    <div className={styles.parts}>
      {inParts(text, parts).map((part) => (
        <Part key={`${part.kind} ${part.text}`} {...part} />
      ))}
    </div>
  );
}

function Part({ kind, text }: Shown) {
  const { words } = useWords();
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
  if (kind !== 'basis') return <p className={styles[kind]}>{text}</p>;
  return (
    <details className={styles.basis} onToggle={(event) => setOpen(event.currentTarget.open)}>
      <summary>
        {words.restsOn}
        <IconChevronDown size={22} aria-hidden />
      </summary>
      {open && <p>{text}</p>}
    </details>
  );
}
