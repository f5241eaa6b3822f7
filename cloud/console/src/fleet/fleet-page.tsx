import { Switch, TextInput } from '@mantine/core';
import { IconSearch, IconServer2 } from '@tabler/icons-react';
import { useEffect, useState } from 'react';
import { hub } from '../api/hub.ts';
import { useLoaded } from '../api/loaded.ts';
import { Empty } from '../shell/empty.tsx';
import page from '../shell/page.module.css';
import { Trouble } from '../shell/trouble.tsx';
import { Waiting } from '../shell/waiting.tsx';
import { useWords } from '../words/use-words.tsx';
import { EdgeList } from './edge-list.tsx';
import { findEdges } from './find-edges.ts';
import css from './fleet.module.css';
import { Issues } from './issues.tsx';
import { LetInButton } from './let-in-button.tsx';
import { Rollouts } from './rollouts.tsx';

/** What goes on in the fleet, then every edge: whether it is there, and which of its machines have faults. */
export function FleetPage() {
  const { w } = useWords();
  const [onlyFaults, setOnlyFaults] = useState(false);
  const [words, setWords] = useState('');
  const { data, error, reload } = useLoaded('fleet', hub.fleet, (event) => event.event === 'fleet');
  useEffect(() => {
    document.title = `${w.fleet.title} · ${w.app.name}`;
  }, [w]);
  const edges = data?.edges ?? [];
  const faulty = edges.flatMap((edge) => edge.things).filter((thing) => thing.faults.length > 0).length;
  const shown = findEdges(edges, words, onlyFaults);
  return (
    <section className={page.page} aria-labelledby="fleet-title">
      <header className={page.head}>
        <h1 id="fleet-title" className={page.title}>
          {w.fleet.title}
        </h1>
        {edges.length > 0 && (
          <span className={css.quiet}>{w.fleet.summary(edges.length, edges.filter((edge) => edge.online).length, faulty)}</span>
        )}
        <TextInput
          className={page.end}
          type="search"
          aria-label={w.fleet.search}
          placeholder={w.fleet.search}
          leftSection={<IconSearch size={15} aria-hidden />}
          value={words}
          onChange={(event) => setWords(event.currentTarget.value)}
        />
        <Switch
          size="sm"
          label={w.fleet.onlyFaults}
          checked={onlyFaults}
          onChange={(event) => setOnlyFaults(event.currentTarget.checked)}
        />
        <LetInButton />
      </header>
      <Trouble error={error?.code === 'unreachable' && data ? undefined : error} onRetry={reload} m="md" />
      {data === undefined && error === undefined && <Waiting />}
      {edges.length > 0 && <Rollouts edges={edges} />}
      {edges.length > 0 && <Issues families={[...new Set(edges.flatMap(({ things }) => things.map(({ family }) => family)))]} />}
      {data !== undefined && shown.length === 0 && (
        <Empty
          icon={<IconServer2 size={34} stroke={1.3} />}
          title={edges.length === 0 ? w.fleet.empty : words.trim() === '' ? w.fleet.noFaulty : w.fleet.noSuch}
          {...(edges.length === 0 ? { hint: w.fleet.emptyHint } : {})}
        />
      )}
      <EdgeList key={`${onlyFaults} ${words}`} edges={shown} />
    </section>
  );
}
