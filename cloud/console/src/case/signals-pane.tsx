import type { CaseView } from '../api/types.ts';
import { useNow } from '../shell/clock.ts';
import { hashOf } from '../shell/route.ts';
import { LiveSection } from '../visit/live-section.tsx';
import { sayWhen } from '../words/say.ts';
import { useWords } from '../words/use-words.tsx';
import css from './case.module.css';
import { ChartsSection } from './charts-section.tsx';
import { CommandsSection } from './commands-section.tsx';
import { Nothing, Section } from './section.tsx';
import { useSpot } from './spot.ts';

/** What the machine showed, and what others found in cases like it. */
export function SignalsPane({ view, me, onChanged }: { view: CaseView; me: string; onChanged: () => void }) {
  const { w } = useWords();
  return (
    // biome-ignore lint/a11y/noNoninteractiveTabindex: a scrolling region must be reachable by keyboard (WCAG 2.1.1)
    <section className={css.scroll} aria-label={w.case.panes.signals} tabIndex={0}>
      <CommandsSection commands={view.commands} />
      <LiveSection view={view} me={me} onChanged={onChanged} />
      <ChartsSection handoff={view.handoff} />
      <SimilarSection similar={view.similar} />
      <ArticlesSection articles={view.articles} />
    </section>
  );
}

function SimilarSection({ similar }: Pick<CaseView, 'similar'>) {
  const { w, pick, locale } = useWords();
  const now = useNow();
  return (
    <Section title={w.case.similar}>
      {similar.length === 0 && <Nothing>{w.case.noSimilar}</Nothing>}
      {similar.map((each) => (
        <article key={each.id} className={css.similar}>
          <div className={css.codeHead}>
            <a className={css.link} href={hashOf({ page: 'case', id: each.id })}>
              {pick(each.title)}
            </a>
            <time className={css.aside}>{sayWhen(each.at, now, locale)}</time>
          </div>
          <p>
            <b>{w.case.solvedBy}</b> {each.resolution}
          </p>
        </article>
      ))}
    </Section>
  );
}

function ArticlesSection({ articles }: Pick<CaseView, 'articles'>) {
  const { w } = useWords();
  const { show } = useSpot();
  return (
    <Section title={w.case.articles}>
      {articles.length === 0 && <Nothing>{w.case.noArticles}</Nothing>}
      <ul className={css.plain}>
        {articles.map((each) => (
          <li key={`${each.id} ${each.locale}`}>
            <button type="button" className={css.link} onClick={() => show({ kind: 'article', ref: each.id })}>
              {each.title}
            </button>
            <span className={css.aside}>{each.locale === 'zh' ? '中文' : 'EN'}</span>
          </li>
        ))}
      </ul>
    </Section>
  );
}
