import { Button, Switch, TextInput } from '@mantine/core';
import { IconCircleCheck, IconSearch } from '@tabler/icons-react';
import { useEffect, useRef, useState } from 'react';
import { useAct } from '../api/act.ts';
import { hub } from '../api/hub.ts';
import type { QueueTab } from '../api/types.ts';
import { Empty } from '../shell/empty.tsx';
import { useKeys } from '../shell/keys.ts';
import { go } from '../shell/route.ts';
import { Trouble } from '../shell/trouble.tsx';
import { Waiting } from '../shell/waiting.tsx';
import { useWords } from '../words/use-words.tsx';
import { findCases } from './find-cases.ts';
import { neighbour } from './order.ts';
import css from './queue.module.css';
import { QueueHeads } from './queue-heads.tsx';
import { QueueRow } from './queue-row.tsx';
import { StateTabs } from './state-tabs.tsx';
import { useCases } from './use-cases.ts';

/** So many are looked over without help. */
const few = 8;
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
  const [words, setWords] = useState('');
  const search = useRef<HTMLInputElement>(null);
  const [selected, setSelected] = useState<string | undefined>();
  const { data, error, reload } = useCases(state, mine);
  const rest = data?.cases ?? [];
  // Whom a colleague asks in sees that first, wherever the case stands.
  const asked = (state === 'open' ? data?.asked : undefined) ?? [];
  const all = [...asked, ...rest.filter(({ id }) => !asked.some((one) => one.id === id))];
  const cases = findCases(all, words);
  const current = cases.find((each) => each.id === selected) ?? cases[0];

  useEffect(() => {
    const waiting = (data?.counts.open ?? 0) + (data?.asked.length ?? 0);
    document.title = `${waiting > 0 ? `(${waiting}) ` : ''}${w.queue.title} · ${w.app.name}`;
  }, [data, w]);

  // A longer queue than anybody reads comes in parts.
  const most = mine ? 0 : (data?.counts[state] ?? 0);
  const cut = rest.length > 0 && rest.length < most ? w.queue.cut(rest.length, most) : '';
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
    '/': () => search.current?.focus(),
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
            setWords('');
            setNothing(false);
            setSelected(undefined);
          }}
        />
        <span className={css.acts}>
          <span role="status">{nothing && w.queue.nothing}</span>
          {(all.length > few || words !== '') && (
            <TextInput
              ref={search}
              className={css.find}
              type="search"
              aria-label={w.queue.find}
              placeholder={w.queue.find}
              leftSection={<IconSearch size={15} aria-hidden />}
              value={words}
              onChange={(event) => setWords(event.currentTarget.value)}
            />
          )}
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
      {all.length > 0 && cases.length === 0 && <Empty icon={<IconSearch size={34} stroke={1.3} />} title={w.queue.notFound} hint={cut} />}
      {data !== undefined && all.length === 0 && (
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
      {cases.length > 0 && cut && <p className={css.cut}>{cut}</p>}
    </section>
  );
}
