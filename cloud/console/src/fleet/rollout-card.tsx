import { Button } from '@mantine/core';
import { useAct } from '../api/act.ts';
import { hub } from '../api/hub.ts';
import type { RolloutEdgeRow, RolloutList, RolloutRow } from '../api/types.ts';
import { useNow } from '../shell/clock.ts';
import { Tag } from '../shell/tag.tsx';
import { Trouble } from '../shell/trouble.tsx';
import { useMay } from '../sign-in/may.ts';
import { sayAbout } from '../words/say.ts';
import { useNames } from '../words/use-names.tsx';
import { useWords } from '../words/use-words.tsx';
import css from './rollout.module.css';

/** One rollout: its rings, each edge in them, how those that have it are, and a way to stop it. */
export function RolloutCard({ rollout, onChanged }: { rollout: RolloutRow; onChanged: (list: RolloutList) => void }) {
  const { w, locale } = useWords();
  const names = useNames();
  const now = useNow();
  const mayRun = useMay('rollout:run');
  const stop = useAct(async () => onChanged(await hub.stopRollout(rollout.id)));
  const { what, state, why } = rollout;
  const name = what.of === 'pack' ? w.rollouts.pack(names.family(what.family), what.version) : w.rollouts.model(what.model);
  const rings = Map.groupBy(rollout.edges, ({ ring }) => ring);
  return (
    <article className={css.rollout} aria-label={name}>
      <header>
        <h3>{name}</h3>
        <Tag tone={state === 'stopped' ? 'warning' : state === 'done' ? 'good' : 'quiet'}>{w.rollouts.states[state]}</Tag>
        <span className={css.quiet}>{w.rollouts.begun(sayAbout(now - rollout.startedAt, locale), rollout.by)}</span>
        {state === 'running' && mayRun && (
          <Button size="compact-xs" variant="default" loading={stop.busy} onClick={() => void stop.run()}>
            {w.rollouts.stop}
          </Button>
        )}
      </header>
      {why && <p className={css.why}>{w.rollouts.why(why)}</p>}
      <Trouble error={stop.error} />
      <ol className={css.rings}>
        {[...rings].map(([ring, edges]) => (
          <li key={ring} aria-current={state === 'running' && ring === rollout.ring ? 'step' : undefined}>
            <b>{w.rollouts.ring(ring)}</b>
            <ul>
              {edges.map((edge) => (
                <RingEdge key={edge.edge} edge={edge} />
              ))}
            </ul>
          </li>
        ))}
      </ol>
    </article>
  );
}

function RingEdge({ edge }: { edge: RolloutEdgeRow }) {
  const { w } = useWords();
  const { health } = edge;
  return (
    <li data-state={edge.state}>
      <span>{edge.edge}</span>
      <span className={css.quiet} title={edge.problem}>
        {w.rollouts.edge[edge.state]}
        {health && ` · ${w.rollouts.health(health)}`}
      </span>
    </li>
  );
}
