import { IconCircleCheck } from '@tabler/icons-react';
import { useEffect, useState } from 'react';
import type { CaseState } from '../api/types.ts';
import { Empty } from '../shell/empty.tsx';
import { useKeys } from '../shell/keys.ts';
import { go } from '../shell/route.ts';
import { Trouble } from '../shell/trouble.tsx';
import { Waiting } from '../shell/waiting.tsx';
import { useWords } from '../words/use-words.tsx';
import { neighbour, ordered } from './order.ts';
import css from './queue.module.css';
import { QueueHeads } from './queue-heads.tsx';
import { QueueRow } from './queue-row.tsx';
import { StateTabs } from './state-tabs.tsx';
import { useCases } from './use-cases.ts';

const place = 'wayside.console.queue';
const savedState = (): CaseState => {
  const saved = sessionStorage.getItem(place);
  return saved === 'claimed' || saved === 'resolved' ? saved : 'open';
};

/** Who needs a person, in the order to help them. */
export function QueuePage({ me }: { me: string }) {
  const { w } = useWords();
  const [state, setState] = useState<CaseState>(savedState);
  const [selected, setSelected] = useState<string | undefined>();
  const { data, error, reload } = useCases(state);
  const cases = ordered(data?.cases ?? []);
  const current = cases.find((each) => each.id === selected) ?? cases[0];

  useEffect(() => {
    const waiting = data?.counts.open ?? 0;
    document.title = `${waiting > 0 ? `(${waiting}) ` : ''}${w.queue.title} · ${w.app.name}`;
  }, [data, w]);

  const step = (by: number) => () => {
    const next = neighbour(cases, current?.id, by);
    setSelected(next);
    if (next) document.getElementById(`case-${next}`)?.focus();
  };
  const open = () => {
    // With the focus on a link or a button, Enter is theirs.
    if (current === undefined || document.activeElement?.closest('a, button')) return false;
    go({ page: 'case', id: current.id });
  };
  useKeys({ j: step(1), k: step(-1), ArrowDown: step(1), ArrowUp: step(-1), Enter: open });

  return (
    <section className={css.page} aria-labelledby="queue-title">
      <header className={css.head}>
        <h1 id="queue-title" className={css.title}>
          {w.queue.title}
        </h1>
        <StateTabs
          state={state}
          counts={data?.counts}
          onChange={(next) => {
            sessionStorage.setItem(place, next);
            setState(next);
            setSelected(undefined);
          }}
        />
      </header>
      <Trouble error={error?.code === 'unreachable' && data ? undefined : error} onRetry={reload} m="md" />
      {data === undefined && error === undefined && <Waiting />}
      {data !== undefined && cases.length === 0 && (
        <Empty icon={<IconCircleCheck size={34} stroke={1.3} />} title={w.queue.empty[state]} hint={w.queue.emptyHint[state]} />
      )}
      {cases.length > 0 && <QueueHeads />}
      {cases.length > 0 && (
        <ul className={css.list} aria-label={w.queue.label}>
          {cases.map((each) => (
            <QueueRow key={each.id} row={each} me={me} selected={each.id === current?.id} onSelect={() => setSelected(each.id)} />
          ))}
        </ul>
      )}
    </section>
  );
}
