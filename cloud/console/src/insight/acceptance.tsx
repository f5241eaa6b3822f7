import { useId } from 'react';
import type { Insight } from '../api/types.ts';
import { useNames } from '../words/use-names.tsx';
import { useWords } from '../words/use-words.tsx';
import css from './insight.module.css';

/** How what the edges recommend is taken, as a table: the share that was done is what counts. */
export function Acceptance({ recommendations }: { recommendations: Insight['recommendations'] }) {
  const { w, pick } = useWords();
  const names = useNames();
  const id = useId();
  const say = w.insight.acceptance;
  return (
    <section className={`${css.bars} ${css.whole}`} aria-labelledby={id}>
      <h2 id={id}>{say.title}</h2>
      {recommendations.length === 0 && <p>{w.insight.none}</p>}
      {recommendations.length > 0 && (
        // biome-ignore lint/a11y/noNoninteractiveTabindex: a scrolling region must be reachable by keyboard (WCAG 2.1.1)
        <section className={css.scroll} tabIndex={0} aria-labelledby={id}>
          <table className={css.table}>
            <thead>
              <tr>
                <th scope="col">{say.what}</th>
                <th scope="col">{say.given}</th>
                <th scope="col">{say.done}</th>
                <th scope="col">{say.later}</th>
                <th scope="col">{say.no}</th>
              </tr>
            </thead>
            <tbody>
              {recommendations.map(({ family, recommendation, title, given, done, later, no }) => (
                <tr key={`${family} ${recommendation}`}>
                  <th scope="row">
                    {pick(title)} <span className={css.family}>{names.family(family)}</span>
                  </th>
                  <td>{given}</td>
                  <td>
                    {done} ({Math.round((100 * done) / given)}%)
                  </td>
                  <td>{later}</td>
                  <td>{no}</td>
                </tr>
              ))}
            </tbody>
          </table>
        </section>
      )}
    </section>
  );
}
