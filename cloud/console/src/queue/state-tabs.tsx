import type { CaseList, QueueTab } from '../api/types.ts';
import { useWords } from '../words/use-words.tsx';
import css from './queue.module.css';

const tabs = ['open', 'claimed', 'snoozed', 'resolved'] as const;

/** No more are counted of what is found. */
const most = 1_000;

/** The tabs with how many cases are under each: of those that are found, where something is looked for. */
export function StateTabs({
  state,
  counts,
  found,
  onChange,
}: {
  state: QueueTab;
  counts: CaseList['counts'] | undefined;
  found: CaseList['found'] | undefined;
  onChange: (state: QueueTab) => void;
}) {
  const { w } = useWords();
  return (
    <fieldset className={css.tabs} aria-label={w.queue.states}>
      {tabs.map((each) => (
        <button key={each} type="button" className={css.tab} aria-pressed={each === state} onClick={() => onChange(each)}>
          {w.queue[each]}
          <span className={css.count}>{found ? (found[each] >= most ? '1000+' : found[each]) : (counts?.[each] ?? '–')}</span>
        </button>
      ))}
    </fieldset>
  );
}
