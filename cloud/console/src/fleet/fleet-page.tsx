import { Switch } from '@mantine/core';
import { IconServer2 } from '@tabler/icons-react';
import { useEffect, useState } from 'react';
import { hub } from '../api/hub.ts';
import { useLoaded } from '../api/loaded.ts';
import { Empty } from '../shell/empty.tsx';
import page from '../shell/page.module.css';
import { Trouble } from '../shell/trouble.tsx';
import { Waiting } from '../shell/waiting.tsx';
import { useWords } from '../words/use-words.tsx';
import { EdgeCard } from './edge-card.tsx';
import css from './fleet.module.css';
import { Issues } from './issues.tsx';
import { Rollouts } from './rollouts.tsx';

/** Every edge, whether it is there, and which of its machines have faults. */
export function FleetPage() {
  const { w } = useWords();
  const [onlyFaults, setOnlyFaults] = useState(false);
  const { data, error, reload } = useLoaded('fleet', hub.fleet, (event) => event.event === 'fleet');
  useEffect(() => {
    document.title = `${w.fleet.title} · ${w.app.name}`;
  }, [w]);
  const edges = data?.edges ?? [];
  const faulty = edges.flatMap((edge) => edge.things).filter((thing) => thing.faults.length > 0).length;
  const shown = edges
    .map((edge) => (onlyFaults ? { ...edge, things: edge.things.filter((thing) => thing.faults.length > 0) } : edge))
    .filter((edge) => !onlyFaults || edge.things.length > 0);
  return (
    <section className={page.page} aria-labelledby="fleet-title">
      <header className={page.head}>
        <h1 id="fleet-title" className={page.title}>
          {w.fleet.title}
        </h1>
        {edges.length > 0 && (
          <span className={css.quiet}>{w.fleet.summary(edges.length, edges.filter((edge) => edge.online).length, faulty)}</span>
        )}
        <Switch
          className={page.end}
          size="sm"
          label={w.fleet.onlyFaults}
          checked={onlyFaults}
          onChange={(event) => setOnlyFaults(event.currentTarget.checked)}
        />
      </header>
      <Trouble error={error?.code === 'unreachable' && data ? undefined : error} onRetry={reload} m="md" />
      {data === undefined && error === undefined && <Waiting />}
      {data !== undefined && shown.length === 0 && (
        <Empty
          icon={<IconServer2 size={34} stroke={1.3} />}
          title={onlyFaults && edges.length > 0 ? w.fleet.noFaulty : w.fleet.empty}
          {...(edges.length === 0 ? { hint: w.fleet.emptyHint } : {})}
        />
      )}
      {shown.length > 0 && (
        <div className={css.edges}>
          {shown.map((edge) => (
            <EdgeCard key={edge.id} edge={edge} />
          ))}
        </div>
      )}
      {edges.length > 0 && <Rollouts edges={edges.map(({ id }) => id)} />}
      {edges.length > 0 && <Issues />}
    </section>
  );
}
