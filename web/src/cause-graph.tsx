import styles from './cause-graph.module.css';
import { type Cause, type CauseGraph as Graph, type Link, type Localized, layOutCauses } from './lay-out-causes.ts';

export type { Cause } from './lay-out-causes.ts';

export type CauseGraphWords = {
  /** Names the picture. */
  title: string;
  causes: string;
  findings: string;
  says: Record<Link['says'], string>;
};

/**
 * The causes that could be meant, as a picture: what is seen on the right, lines for what speaks for (whole), against (broken), and what
 * would speak for another cause (dotted); the stronger, the thicker. Colours and sizes come from the page: `--cause-*`.
 */
export function CauseGraph(props: {
  faults: readonly Cause[];
  words: CauseGraphWords;
  pick(text: Localized): string;
  percent(p: number): string;
}) {
  const { words, pick, percent } = props;
  const graph = layOutCauses(props.faults);
  if (graph.links.length === 0) return null;
  const said = [...new Set(graph.links.map(({ says }) => says))];
  return (
    <figure className={styles.figure}>
      <div
        className={styles.columns}
        role="img"
        aria-label={`${words.title}. ${inWords(graph, words, pick, percent)}`}
        style={{ '--rows': graph.rows } as React.CSSProperties}
      >
        <ol className={styles.column} aria-hidden="true">
          {graph.causes.map(({ id, title, probability }) => (
            <li key={id} className={styles.cause} data-possible={probability === undefined || undefined}>
              <span className={styles.name}>{pick(title)}</span>
              {probability !== undefined && <b>{percent(probability)}</b>}
            </li>
          ))}
        </ol>
        <svg className={styles.lines} viewBox="0 0 100 100" preserveAspectRatio="none" aria-hidden="true">
          {graph.links.map((link) => (
            <path
              key={`${link.cause} ${link.finding} ${link.says}`}
              d={curve(graph.causes[link.cause]!.y * 100, graph.findings[link.finding]!.y * 100)}
              data-says={link.says}
              strokeWidth={link.says === 'might' ? 3 : 1.5 + 4.5 * link.strength}
              vectorEffect="non-scaling-stroke"
            />
          ))}
        </svg>
        <ol className={styles.column} aria-hidden="true">
          {graph.findings.map(({ id, title, kind }) => (
            <li key={id} className={styles.finding} data-kind={kind}>
              <span className={styles.name}>{pick(title)}</span>
            </li>
          ))}
        </ol>
      </div>
      <figcaption className={styles.legend} aria-hidden="true">
        {said.map((says) => (
          <span key={says}>
            <svg viewBox="0 0 28 4" width="28" height="4" aria-hidden="true">
              <path d="M0 2H28" data-says={says} strokeWidth="3" />
            </svg>
            {words.says[says]}
          </span>
        ))}
      </figcaption>
    </figure>
  );
}

const curve = (from: number, to: number) => `M0 ${from} C50 ${from} 50 ${to} 100 ${to}`;

/** The picture for those who do not see it. */
function inWords(
  { causes, findings, links }: Graph,
  words: CauseGraphWords,
  pick: (text: Localized) => string,
  percent: (p: number) => string,
) {
  return causes
    .map(({ title, probability }, cause) => {
      const parts = links
        .filter((link) => link.cause === cause)
        .map((link) => `${words.says[link.says]}: ${pick(findings[link.finding]!.title)}`);
      return `${pick(title)}${probability === undefined ? '' : `, ${percent(probability)}`}: ${parts.join('; ')}`;
    })
    .join('. ');
}
