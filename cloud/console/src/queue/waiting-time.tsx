import { VisuallyHidden } from '@mantine/core';
import type { CaseRow } from '../api/types.ts';
import { useNow } from '../shell/clock.ts';
import { saySpan, sayWhen } from '../words/say.ts';
import { useWords } from '../words/use-words.tsx';
import css from './queue.module.css';

/** How long the person has been waiting for a technician's word, ticking; for a resolved case, when it was. */
export function WaitingTime({ row }: { row: Pick<CaseRow, 'state' | 'waitingSince' | 'updatedAt'> }) {
  const { w, locale } = useWords();
  const now = useNow(1_000);
  if (row.state === 'resolved') {
    return (
      <span className={css.waiting}>
        <VisuallyHidden component="span">{w.queue.closed} </VisuallyHidden>
        {sayWhen(row.updatedAt, now, locale)}
      </span>
    );
  }
  if (row.waitingSince === null) return <span className={css.waiting}>{w.queue.answered}</span>;
  return (
    <span className={css.waiting} data-waiting>
      <VisuallyHidden component="span">{w.queue.waiting} </VisuallyHidden>
      {saySpan(now - row.waitingSince, locale)}
    </span>
  );
}
