import { Button } from '@mantine/core';
import { useAct } from '../api/act.ts';
import { hub } from '../api/hub.ts';
import { useLoaded } from '../api/loaded.ts';
import type { DeliveryRow } from '../api/types.ts';
import { useNow } from '../shell/clock.ts';
import { Trouble } from '../shell/trouble.tsx';
import { sayWhen } from '../words/say.ts';
import { useWords } from '../words/use-words.tsx';
import css from './hooks.module.css';

/** What somebody was told and what came of it; what was given up can be tried again. */
export function Deliveries({ hook, onChanged }: { hook: string; onChanged: () => void }) {
  const { w } = useWords();
  const { data, error, reload } = useLoaded(
    `hook ${hook}`,
    () => hub.deliveries(hook),
    (event) => event.event === 'case',
  );
  const again = useAct(async (id: string) => {
    await hub.tryAgain(id);
    reload();
    onChanged();
  });
  return (
    <>
      <Trouble error={error ?? again.error} onRetry={reload} />
      {data?.deliveries.length === 0 && <p className={css.quiet}>{w.hooks.nothing}</p>}
      <ul className={css.deliveries}>
        {data?.deliveries.map((one) => (
          <Delivery key={one.id} one={one} onAgain={() => void again.run(one.id)} />
        ))}
      </ul>
    </>
  );
}

function Delivery({ one, onAgain }: { one: DeliveryRow; onAgain: () => void }) {
  const { w, locale } = useWords();
  const now = useNow();
  return (
    <li data-state={one.state}>
      <span className={css.name}>{w.hooks.events[one.event as keyof typeof w.hooks.events] ?? one.event}</span>
      <span className={css.quiet}>
        {[w.hooks.states[one.state], w.hooks.tries(one.tries), one.said, sayWhen(one.at, now, locale)].filter(Boolean).join(' · ')}
      </span>
      {one.state === 'dead' && (
        <Button size="compact-xs" variant="default" onClick={onAgain}>
          {w.hooks.again}
        </Button>
      )}
    </li>
  );
}
