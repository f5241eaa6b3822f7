import type { SignalView } from '../api/types.ts';
import { formatParts } from '../words/format.ts';
import { useWords } from '../words/words.tsx';
import styles from './signal-value.module.css';

/** The newest value of a signal, its unit smaller beside it. */
export function SignalValue({ signal: { latest, unit } }: { signal: Pick<SignalView, 'latest' | 'unit'> }) {
  const { words, locale, units } = useWords();
  if (!latest) return <span className={styles.none}>{words.noReading}</span>;
  const { text, sign } = formatParts(latest.value, unit, locale, words, units);
  return (
    <span className={styles.value}>
      {text}
      {sign && <span className={styles.unit}>{sign}</span>}
    </span>
  );
}
