import type { SignalView } from '../api/types.ts';
import { formatValue } from '../words/format.ts';
import { unitSign } from '../words/units.ts';
import { useWords } from '../words/words.tsx';
import styles from './signal-value.module.css';

/** The newest value of a signal, its unit smaller beside it. */
export function SignalValue({ signal: { latest, unit } }: { signal: Pick<SignalView, 'latest' | 'unit'> }) {
  const { words, locale } = useWords();
  if (!latest) return <span className={styles.none}>{words.noReading}</span>;
  const sign = typeof latest.value === 'number' ? unitSign(unit, locale) : '';
  return (
    <span className={styles.value}>
      {formatValue(latest.value, locale, words)}
      {sign && <span className={styles.unit}>{sign}</span>}
    </span>
  );
}
