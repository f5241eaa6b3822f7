import { Button } from '@mantine/core';
import { useWords } from '../words/use-words.tsx';
import css from './queue.module.css';

/** The hub gives no more than these. */
const most = 1_000;

type Props = { shown: number /** Undefined: not counted. */; all: number | undefined; busy: boolean; onMore: () => void };

/** A longer list than anybody reads comes in parts. */
export function QueueMore({ shown, all, busy, onMore }: Props) {
  const { w } = useWords();
  return (
    <p className={css.cut}>
      {shown >= most ? (
        w.queue.tooMany
      ) : (
        <>
          {all !== undefined && <span>{w.queue.shown(shown, all)}</span>}
          <Button size="compact-sm" variant="default" loading={busy} onClick={onMore}>
            {w.queue.more}
          </Button>
        </>
      )}
    </p>
  );
}
