import type { CaseList, QueueTab } from '../api/types.ts';
import { useWords } from '../words/use-words.tsx';
import css from './queue.module.css';

const tabs = ['open', 'claimed', 'snoozed', 'resolved'] as const;

/** The tabs with how many cases are under each. */
export function StateTabs({
  state,
  counts,
  onChange,
}: {
  state: QueueTab;
  counts: CaseList['counts'] | undefined;
  onChange: (state: QueueTab) => void;
}) {
  const { w } = useWords();
  return (
    <fieldset className={css.tabs} aria-label={w.queue.states}>
      {tabs.map((each) => (
        <button key={each} type="button" className={css.tab} aria-pressed={each === state} onClick={() => onChange(each)}>
          {w.queue[each]}
          <span className={css.count}>{counts?.[each] ?? '–'}</span>
        </button>
      ))}
    </fieldset>
  );
}
