import type { CaseView } from '../api/types.ts';
import { useNow } from '../shell/clock.ts';
import { useWords } from '../words/use-words.tsx';
import css from './brief-section.module.css';
import { tenQuestions } from './ten-questions.ts';

/** What a technician asks first, answered before they ask: on the first screen of a case, without scrolling. */
export function BriefSection({ view }: { view: CaseView }) {
  const { w, pick, locale } = useWords();
  const now = useNow(60_000);
  return (
    <section className={css.brief} aria-label={w.case.briefTitle}>
      <dl>
        {tenQuestions(view, w, pick, locale, now).map(({ question, says }) => (
          <div key={question}>
            <dt>{w.case.ten[question]}</dt>
            <dd>
              {says.map((one) => (
                <span key={one}>{one}</span>
              ))}
            </dd>
          </div>
        ))}
      </dl>
    </section>
  );
}
