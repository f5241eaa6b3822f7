import type { CaseList, CaseState } from '../api/types.ts';
import { useWords } from '../words/use-words.tsx';
import css from './queue.module.css';

const states = ['open', 'claimed', 'resolved'] as const;

/** The three states with how many cases are in each. */
export function StateTabs({
  state,
  counts,
  onChange,
}: {
  state: CaseState;
  counts: CaseList['counts'] | undefined;
  onChange: (state: CaseState) => void;
}) {
  const { w } = useWords();
  return (
    <fieldset className={css.tabs} aria-label={w.queue.states}>
      {states.map((each) => (
        <button key={each} type="button" className={css.tab} aria-pressed={each === state} onClick={() => onChange(each)}>
          {w.queue[each]}
          <span className={css.count}>{counts?.[each] ?? '–'}</span>
        </button>
      ))}
    </fieldset>
  );
}
