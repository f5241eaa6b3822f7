import type { CaseRow } from '../api/types.ts';
import { useNow } from '../shell/clock.ts';
import { saySpan } from '../words/say.ts';
import { useWords } from '../words/use-words.tsx';
import css from './due.module.css';

/** How the clock of a case stands: time left, soon due, or late. */
export function toneOf(clock: NonNullable<CaseRow['clock']>, now: number): 'calm' | 'soon' | 'late' {
  if (now >= clock.dueAt) return 'late';
  return now >= clock.warnAt ? 'soon' : 'calm';
}

/** What was promised and how much of it is left, ticking. */
export function DueClock({ clock }: Pick<CaseRow, 'clock'>) {
  const { w, locale } = useWords();
  const now = useNow(1_000);
  if (clock === null) return <span className={css.due} />;
  const tone = toneOf(clock, now);
  const left = saySpan(Math.abs(clock.dueAt - now), locale);
  return (
    <span className={css.due} data-tone={tone}>
      {tone === 'late' ? w.queue.late[clock.for](left) : w.queue.due[clock.for](left)}
    </span>
  );
}
