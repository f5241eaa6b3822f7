import { Button, Switch, VisuallyHidden } from '@mantine/core';
import { useDebouncedValue } from '@mantine/hooks';
import { useEffect, useRef, useState } from 'react';
import { useAct } from '../api/act.ts';
import { hub } from '../api/hub.ts';
import type { CaseList, QueueTab } from '../api/types.ts';
import { keep, kept } from '../shell/kept.ts';
import { useKeys } from '../shell/keys.ts';
import { go } from '../shell/route.ts';
import { Trouble } from '../shell/trouble.tsx';
import { Waiting } from '../shell/waiting.tsx';
import { useWords } from '../words/use-words.tsx';
import { NothingHere } from './nothing-here.tsx';
import { neighbour } from './order.ts';
import css from './queue.module.css';
import { QueueHeads } from './queue-heads.tsx';
import { QueueMore } from './queue-more.tsx';
import { QueueRow } from './queue-row.tsx';
import { QueueSearch } from './queue-search.tsx';
import { StateTabs } from './state-tabs.tsx';
import { useCases } from './use-cases.ts';

/** So many are looked over without help. */
const few = 8;
/** So many are shown at first, and more at each wish for more. */
const atOnce = 200;
/** Long enough for the next letter, too short to be waited for, in ms. */
const pause = 200;
const place = 'wayside.console.queue';
const wordsKey = 'queue.words';
const savedState = (): QueueTab => {
  const saved = sessionStorage.getItem(place);
  return saved === 'claimed' || saved === 'resolved' || saved === 'snoozed' ? saved : 'open';
};

/** Who needs a person, in the order to help them; and any case, found by its words. */
export function QueuePage({ me }: { me: string }) {
  const { w } = useWords();
  const [state, setState] = useState<QueueTab>(savedState);
  const [mine, setMine] = useState(false);
  const [nothing, setNothing] = useState(false);
  const [words, setWords] = useState(() => kept(wordsKey));
  const [wished, setWished] = useState({ of: '', limit: atOnce });
  const search = useRef<HTMLInputElement>(null);
  const [selected, setSelected] = useState<string | undefined>();
  const [typed] = useDebouncedValue(words, pause);
  const q = words.trim() === '' ? '' : typed;
  const seen = `${state} ${mine} ${q}`;
  const limit = wished.of === seen ? wished.limit : atOnce;
  const { data: fresh, error, reload } = useCases(state, { mine, q, limit });
  const data = useLast(fresh, `${state} ${mine}`);
  const busy = words.trim() !== '' && error === undefined && (words !== typed || fresh === undefined);
  const found = data?.found ?? null;
  const rest = data?.cases ?? [];
  // Whom a colleague asks in sees that first, wherever the case stands.
  const asked = (state === 'open' && found === null ? data?.asked : undefined) ?? [];
  const cases = [...asked, ...rest.filter(({ id }) => !asked.some((one) => one.id === id))];
  const current = cases.find((each) => each.id === selected) ?? cases[0];
  const many = useRef(false);
  many.current ||= Object.values(data?.counts ?? {}).reduce((sum, n) => sum + n, 0) > few;

  useEffect(() => {
    const waiting = (data?.counts.open ?? 0) + (data?.asked.length ?? 0);
    document.title = `${waiting > 0 ? `(${waiting}) ` : ''}${w.queue.title} · ${w.app.name}`;
  }, [data, w]);

  const findBy = (next: string) => {
    setWords(next);
    keep(wordsKey, next);
    setSelected(undefined);
  };
  const turnTo = (next: QueueTab) => {
    sessionStorage.setItem(place, next);
    setState(next);
    setMine(false);
    setNothing(false);
    setSelected(undefined);
  };
  const focusOn = (id: string | undefined) => {
    setSelected(id);
    if (id) document.getElementById(`case-${id}`)?.focus();
  };
  const step = (by: number) => () => focusOn(neighbour(cases, current?.id, by));
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
        <StateTabs state={state} counts={data?.counts} found={found} onChange={turnTo} />
        <span className={css.acts}>
          <span role="status">
            {nothing && w.queue.nothing}
            {found && !busy && <VisuallyHidden component="span">{w.queue.found(found[state])}</VisuallyHidden>}
          </span>
          {(many.current || words !== '') && (
            <QueueSearch field={search} words={words} busy={busy} onWords={findBy} onDown={() => focusOn(cases[0]?.id)} />
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
      {/* What is away is said above the page; what was looked for is not what is shown. */}
      <Trouble error={error?.code === 'unreachable' && fresh ? undefined : error} onRetry={reload} m="md" />
      {data === undefined && error === undefined && <Waiting />}
      {data !== undefined && cases.length === 0 && <NothingHere state={state} found={found} onState={turnTo} />}
      {cases.length > 0 && <QueueHeads />}
      {cases.length > 0 && (
        <ul className={css.list} aria-label={w.queue.label} aria-busy={busy}>
          {cases.map((each) => (
            <QueueRow key={each.id} row={each} me={me} selected={each.id === current?.id} onSelect={() => setSelected(each.id)} />
          ))}
        </ul>
      )}
      {data?.more && (
        <QueueMore
          shown={rest.length}
          all={mine ? undefined : (found ?? data.counts)[state]}
          busy={fresh === undefined}
          onMore={() => setWished({ of: seen, limit: limit + atOnce })}
        />
      )}
    </section>
  );
}

/** What came last under the same name, until something newer is here: what is looked for changes with every letter, and a list that comes and goes flickers. */
function useLast(data: CaseList | undefined, name: string): CaseList | undefined {
  const last = useRef({ name, data });
  if (data !== undefined || last.current.name !== name) last.current = { name, data };
  return last.current.data;
}
