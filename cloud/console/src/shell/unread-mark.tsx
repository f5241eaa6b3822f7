import { VisuallyHidden } from '@mantine/core';
import { useWords } from '../words/use-words.tsx';
import css from './unread-mark.module.css';

/** How many messages nobody here has read; nothing when there are none. */
export function UnreadMark({ n }: { n: number }) {
  const { w } = useWords();
  if (n === 0) return null;
  return (
    <span className={css.mark}>
      <span aria-hidden>{n}</span>
      <VisuallyHidden component="span">{w.queue.unread(n)}</VisuallyHidden>
    </span>
  );
}
