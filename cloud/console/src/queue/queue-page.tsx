import { Button, Switch } from '@mantine/core';
import { IconCircleCheck } from '@tabler/icons-react';
import { useEffect, useState } from 'react';
import { useAct } from '../api/act.ts';
import { hub } from '../api/hub.ts';
import type { QueueTab } from '../api/types.ts';
import { Empty } from '../shell/empty.tsx';
import { useKeys } from '../shell/keys.ts';
import { go } from '../shell/route.ts';
import { Trouble } from '../shell/trouble.tsx';
import { Waiting } from '../shell/waiting.tsx';
import { useWords } from '../words/use-words.tsx';
import { neighbour } from './order.ts';
import css from './queue.module.css';
import { QueueHeads } from './queue-heads.tsx';
import { QueueRow } from './queue-row.tsx';
import { StateTabs } from './state-tabs.tsx';
import { useCases } from './use-cases.ts';

const place = 'wayside.console.queue';
const savedState = (): QueueTab => {
  const saved = sessionStorage.getItem(place);
  return saved === 'claimed' || saved === 'resolved' || saved === 'snoozed' ? saved : 'open';
};

/** Who needs a person, in the order to help them. */
export function QueuePage({ me }: { me: string }) {
  const { w } = useWords();
  const [state, setState] = useState<QueueTab>(savedState);
  const [mine, setMine] = useState(false);
  const [nothing, setNothing] = useState(false);
  const [selected, setSelected] = useState<string | undefined>();
  const { data, error, reload } = useCases(state, mine);
  const rest = data?.cases ?? [];
  // Whom a colleague asks in sees that first, wherever the case stands.
  const asked = (state === 'open' ? data?.asked : undefined) ?? [];
  const cases = [...asked, ...rest.filter(({ id }) => !asked.some((one) => one.id === id))];
  const current = cases.find((each) => each.id === selected) ?? cases[0];

  useEffect(() => {
    const waiting = (data?.counts.open ?? 0) + (data?.asked.length ?? 0);
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
  const take = useAct(async () => {
    const { case: next } = await hub.next();
    if (next) go({ page: 'case', id: next });
    setNothing(next === null);
  });
  useKeys({
    n: () => void take.run(),
    j: step(1),
    k: step(-1),
    ArrowDown: step(1),
    ArrowUp: step(-1),
    Enter: open,
  });

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
            setMine(false);
            setNothing(false);
            setSelected(undefined);
          }}
        />
        <span className={css.acts}>
          <span role="status">{nothing && w.queue.nothing}</span>
          {state !== 'open' && (
            <Switch size="sm" label={w.queue.mine} checked={mine} onChange={(event) => setMine(event.currentTarget.checked)} />
          )}
          <Button size="sm" loading={take.busy} onClick={() => void take.run()}>
            {w.queue.next}
          </Button>
        </span>
      </header>
      <Trouble error={take.error} m="md" />
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
