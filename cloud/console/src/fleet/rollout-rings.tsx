import { Button, TextInput } from '@mantine/core';
import { useState } from 'react';
import { useAct } from '../api/act.ts';
import { hub } from '../api/hub.ts';
import { useLoaded } from '../api/loaded.ts';
import type { RingCounts, RolloutEdgeRow, RolloutRow } from '../api/types.ts';
import { Trouble } from '../shell/trouble.tsx';
import { sayEdge } from '../words/say.ts';
import { useWords } from '../words/use-words.tsx';
import css from './rollout.module.css';

/** The rings of a rollout with how many edges stand where; of a large one the edges that refused and a few others, all of them when asked for. */
export function RolloutRings({ rollout }: { rollout: RolloutRow }) {
  return (
    <ol className={css.rings}>
      {rollout.rings.map((counts) => (
        <Ring key={counts.ring} rollout={rollout} counts={counts} />
      ))}
    </ol>
  );
}

function Ring({ rollout, counts }: { rollout: RolloutRow; counts: RingCounts }) {
  const { w } = useWords();
  const [all, setAll] = useState(false);
  const { ring } = counts;
  const some = rollout.edges.filter((edge) => edge.ring === ring);
  return (
    <li aria-current={rollout.state === 'running' && ring === rollout.ring ? 'step' : undefined}>
      <b>{w.rollouts.ring(ring)}</b>
      <p className={css.quiet}>{w.rollouts.counts(counts, rollout.state === 'stopped')}</p>
      {all ? <AllOfRing rollout={rollout} ring={ring} /> : <Edges rollout={rollout} ring={ring} edges={some} />}
      {!all && counts.edges > some.length && (
        <Button size="compact-xs" variant="default" onClick={() => setAll(true)}>
          {w.rollouts.allOfRing(counts.edges)}
        </Button>
      )}
    </li>
  );
}

/** Every edge of a ring, found by its name, a page at a time. */
function AllOfRing({ rollout, ring }: { rollout: RolloutRow; ring: number }) {
  const { w } = useWords();
  const [q, setQ] = useState('');
  return (
    <>
      <TextInput
        type="search"
        size="xs"
        aria-label={w.rollouts.find}
        placeholder={w.rollouts.find}
        maxLength={64}
        value={q}
        onChange={(event) => setQ(event.currentTarget.value)}
      />
      <Found key={q} rollout={rollout} ring={ring} q={q} />
    </>
  );
}

function Found({ rollout, ring, q }: { rollout: RolloutRow; ring: number; q: string }) {
  const { w } = useWords();
  const { id } = rollout;
  const filter = { ring, ...(q.trim() === '' ? {} : { q }) };
  const { data, error, reload } = useLoaded(
    `rollout ${id} ${ring} ${q}`,
    () => hub.rolloutEdges(id, filter),
    ({ event }) => event === 'rollout',
  );
  const [further, setFurther] = useState<{ edges: RolloutEdgeRow[]; more: boolean }>();
  const edges = [...(data?.edges ?? []), ...(further?.edges ?? [])];
  const more = useAct(async () => {
    const next = await hub.rolloutEdges(id, { ...filter, after: edges.at(-1)?.edge ?? '' });
    setFurther({ edges: [...(further?.edges ?? []), ...next.edges], more: next.more });
  });
  return (
    <>
      <Trouble error={error ?? more.error} onRetry={reload} />
      {data && edges.length === 0 && <p className={css.quiet}>{w.rollouts.noEdge}</p>}
      <Edges rollout={rollout} ring={ring} edges={edges} />
      {(further?.more ?? data?.more) && (
        <Button size="compact-xs" variant="default" loading={more.busy} onClick={() => void more.run()}>
          {w.rollouts.more}
        </Button>
      )}
    </>
  );
}

function Edges({ rollout, ring, edges }: { rollout: RolloutRow; ring: number; edges: RolloutEdgeRow[] }) {
  const { w } = useWords();
  if (edges.length === 0) return null;
  return (
    // biome-ignore lint/a11y/noNoninteractiveTabindex: a long list scrolls, by keyboard too (WCAG 2.2, 2.1.1).
    <ul tabIndex={0} aria-label={w.rollouts.ring(ring)}>
      {edges.map((edge) => (
        <RingEdge key={edge.edge} edge={edge} of={rollout} />
      ))}
    </ul>
  );
}

function RingEdge({ edge: { edge, state, problem, health }, of }: { edge: RolloutEdgeRow; of: RolloutRow }) {
  const { w } = useWords();
  const stands = of.state === 'stopped' ? w.rollouts.stoppedEdge[state] : w.rollouts.edge[state];
  return (
    <li data-state={state} data-cause={of.why?.edge === edge || undefined}>
      <span title={edge}>{sayEdge(edge)}</span>
      <span className={css.quiet} title={problem}>
        {stands}
        {health && ` · ${w.rollouts.health(health)}`}
      </span>
    </li>
  );
}
