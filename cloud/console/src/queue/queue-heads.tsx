import { useWords } from '../words/use-words.tsx';
import css from './queue.module.css';

/** What the columns are, for the eye; each row says it in its own words to a screen reader. */
export function QueueHeads() {
  const { w } = useWords();
  const { queue } = w;
  return (
    <div className={`${css.row} ${css.heads}`} aria-hidden>
      <span />
      <span>{queue.case}</span>
      <span>{queue.thing}</span>
      <span>{queue.language}</span>
      <span className={css.right}>{queue.waiting}</span>
      <span>{queue.promised}</span>
      <span className={css.right}>{queue.priority}</span>
      <span>{queue.technician}</span>
    </div>
  );
}
