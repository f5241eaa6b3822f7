import type { Value } from '../api/types.ts';
import { useWords } from '../words/words.tsx';
import styles from './signal-detail.module.css';
import { changesOf } from './window.ts';

/** The course of a signal that is a word: when it became what, newest first. */
export function StateChanges({ points, at }: { points: readonly [number, Value][]; at: number | undefined }) {
  const { words, value, instant } = useWords();
  const changes = changesOf(points).toReversed();
  const meant = at === undefined ? undefined : changes.find(([when]) => when <= at);
  return (
    <ol className={styles.changes} aria-label={words.changes}>
      {changes.map((change) => (
        <li key={change[0]} data-meant={change === meant || undefined}>
          <span>{value(change[1])}</span>
          <span className={styles.small}>
            {instant(change[0])}
            {change === meant && ` · ${words.chartMoment}`}
          </span>
        </li>
      ))}
    </ol>
  );
}
