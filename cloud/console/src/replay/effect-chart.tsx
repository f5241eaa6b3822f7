import type { Replayed } from '../api/types.ts';
import { useWords } from '../words/use-words.tsx';
import css from './replay.module.css';

const effects = ['none', 'offer', 'look-on', 'handoff', 'handoff-urgent'] as const;

/** How many conversations came to what, now and with the other policy: two bars a row, each with its number. */
export function EffectChart({ was, would }: Pick<Replayed, 'was' | 'would'>) {
  const { w } = useWords();
  const most = Math.max(1, ...effects.flatMap((effect) => [was[effect] ?? 0, would[effect] ?? 0]));
  const bar = (count: number, then: boolean) => (
    <span className={css.bar} data-then={then || undefined}>
      <span style={{ width: `${(count / most) * 100}%` }} aria-hidden />
      <b>{count}</b>
    </span>
  );
  return (
    <figure className={css.chart} aria-label={w.replay.chart}>
      <figcaption className={css.legend}>
        <span data-was>{w.replay.now}</span>
        <span data-then>{w.replay.changed}</span>
      </figcaption>
      {effects.map((effect) => (
        <div key={effect} className={css.effect}>
          <span>{w.replay.effects[effect]}</span>
          <span>
            {bar(was[effect] ?? 0, false)}
            {bar(would[effect] ?? 0, true)}
          </span>
        </div>
      ))}
    </figure>
  );
}
