import { useId } from 'react';
import css from './insight.module.css';

/** Counts as bars, the largest first, each with its number. */
export function CountBars({
  title,
  none,
  counts,
}: {
  title: string;
  none: string;
  counts: { key: string; name: string; count: number }[];
}) {
  const id = useId();
  const most = Math.max(1, ...counts.map(({ count }) => count));
  return (
    <section className={css.bars} aria-labelledby={id}>
      <h2 id={id}>{title}</h2>
      {counts.length === 0 && <p>{none}</p>}
      <ul>
        {counts
          .toSorted((a, b) => b.count - a.count)
          .map(({ key, name, count }) => (
            <li key={key}>
              <span className={css.name}>{name}</span>
              <span className={css.track} aria-hidden>
                <span style={{ width: `${(count / most) * 100}%` }} />
              </span>
              <span className={css.count}>{count}</span>
            </li>
          ))}
      </ul>
    </section>
  );
}
