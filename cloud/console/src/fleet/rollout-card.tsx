import { useAct } from '../api/act.ts';
import { hub } from '../api/hub.ts';
import type { RolloutList, RolloutRow } from '../api/types.ts';
import { useNow } from '../shell/clock.ts';
import { SureButton } from '../shell/sure-button.tsx';
import { Tag } from '../shell/tag.tsx';
import { useMay } from '../sign-in/may.ts';
import { sayAbout, sayEdge } from '../words/say.ts';
import { useWords } from '../words/use-words.tsx';
import css from './rollout.module.css';
import { useRolloutName } from './rollout-name.ts';
import { RolloutRings } from './rollout-rings.tsx';

type Props = { rollout: RolloutRow; newest: boolean; onChanged: (list: RolloutList) => void };

/** One rollout: its rings, each edge in them, how those that have it are, and a way to stop it. What is over is one line that opens. */
export function RolloutCard({ rollout, newest, onChanged }: Props) {
  const { w, locale } = useWords();
  const now = useNow();
  const mayRun = useMay('rollout:run');
  const stop = useAct(async () => onChanged(await hub.stopRollout(rollout.id)));
  const { what, state, why } = rollout;
  const name = useRolloutName()(what);
  // Of a rollout that is taken back: those that have not said yet that they went back.
  const left = state === 'stopped' ? rollout.rings.reduce((sum, { told, runs }) => sum + told + runs, 0) : 0;
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
            <SureButton
              size="compact-xs"
              label={w.rollouts.stop}
              title={w.rollouts.stopTitle(name)}
              hint={w.rollouts.stopHint}
              act={stop}
            />
          )}
        </header>
        <RolloutRings rollout={rollout} />
      </article>
    );
  return (
    <article className={css.rollout} aria-label={name}>
      <details open={newest && state === 'stopped'}>
        <summary>{head}</summary>
        {why && <p className={css.why}>{w.rollouts.why({ ...why, ...(why.edge ? { edge: sayEdge(why.edge) } : {}) })}</p>}
        {why && why.reason !== 'person' && <p className={css.why}>{w.rollouts.afterwards}</p>}
        <RolloutRings rollout={rollout} />
      </details>
    </article>
  );
}
