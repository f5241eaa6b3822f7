import { Button } from '@mantine/core';
import { useAct } from '../api/act.ts';
import { hub } from '../api/hub.ts';
import type { RolloutEdgeRow, RolloutList, RolloutRow } from '../api/types.ts';
import { useNow } from '../shell/clock.ts';
import { Tag } from '../shell/tag.tsx';
import { Trouble } from '../shell/trouble.tsx';
import { useMay } from '../sign-in/may.ts';
import { sayAbout, sayEdge } from '../words/say.ts';
import { useNames } from '../words/use-names.tsx';
import { useWords } from '../words/use-words.tsx';
import css from './rollout.module.css';

type Props = { rollout: RolloutRow; newest: boolean; onChanged: (list: RolloutList) => void };

/** One rollout: its rings, each edge in them, how those that have it are, and a way to stop it. What is over is one line that opens. */
export function RolloutCard({ rollout, newest, onChanged }: Props) {
  const { w, locale } = useWords();
  const names = useNames();
  const now = useNow();
  const mayRun = useMay('rollout:run');
  const stop = useAct(async () => onChanged(await hub.stopRollout(rollout.id)));
  const { what, state, why } = rollout;
  const name = what.of === 'pack' ? w.rollouts.pack(names.family(what.family), what.version) : w.rollouts.model(what.model);
  const left = state === 'stopped' ? rollout.edges.filter(stillHasIt).length : 0;
  const head = (
    <>
      <h3>{name}</h3>
      <Tag tone={state === 'stopped' ? 'warning' : state === 'done' ? 'good' : 'quiet'}>
        {left > 0 ? w.rollouts.goingBack(left) : w.rollouts.states[state]}
      </Tag>
      <span className={css.quiet}>{w.rollouts.begun(sayAbout(now - rollout.startedAt, locale), rollout.by)}</span>
    </>
  );
  if (state === 'running')
    return (
      <article className={css.rollout} aria-label={name}>
        <header>
          {head}
          {mayRun && (
            <Button size="compact-xs" variant="default" loading={stop.busy} onClick={() => void stop.run()}>
              {w.rollouts.stop}
            </Button>
          )}
        </header>
        <Trouble error={stop.error} />
        <Rings rollout={rollout} />
      </article>
    );
  return (
    <article className={css.rollout} aria-label={name}>
      <details open={newest && state === 'stopped'}>
        <summary>{head}</summary>
        {why && <p className={css.why}>{w.rollouts.why({ ...why, ...(why.edge ? { edge: sayEdge(why.edge) } : {}) })}</p>}
        {why && why.reason !== 'person' && <p className={css.why}>{w.rollouts.afterwards}</p>}
        <Rings rollout={rollout} />
      </details>
    </article>
  );
}

/** Of a rollout that is taken back: it has not said yet that it went back. */
const stillHasIt = ({ state }: RolloutEdgeRow): boolean => state === 'told' || state === 'runs';

function Rings({ rollout }: { rollout: RolloutRow }) {
  const { w } = useWords();
  const { state } = rollout;
  const rings = Map.groupBy(rollout.edges, ({ ring }) => ring);
  return (
    <ol className={css.rings}>
      {[...rings].map(([ring, edges]) => (
        <li key={ring} aria-current={state === 'running' && ring === rollout.ring ? 'step' : undefined}>
          <b>{w.rollouts.ring(ring)}</b>
          {/* biome-ignore lint/a11y/noNoninteractiveTabindex: a long list scrolls, by keyboard too (WCAG 2.2, 2.1.1). */}
          <ul tabIndex={0} aria-label={w.rollouts.ring(ring)}>
            {edges.map((edge) => (
              <RingEdge key={edge.edge} edge={edge} of={rollout} />
            ))}
          </ul>
        </li>
      ))}
    </ol>
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
