import { Button } from '@mantine/core';
import { useAct } from '../api/act.ts';
import { hub } from '../api/hub.ts';
import type { Account } from '../api/types.ts';
import box from '../duty/duty.module.css';
import css from '../hooks/hooks.module.css';
import { useNow } from '../shell/clock.ts';
import { Tag } from '../shell/tag.tsx';
import { Trouble } from '../shell/trouble.tsx';
import { sayWhen } from '../words/say.ts';
import { useWords } from '../words/use-words.tsx';

/** Where I am signed in, with a way out of each and of all others. */
export function PlacesBox({ places, onChanged }: { places: Account['places']; onChanged: () => void }) {
  const { w, locale } = useWords();
  const now = useNow();
  const end = useAct(async (id: string | undefined) => {
    await (id === undefined ? hub.endOtherPlaces() : hub.endPlace(id));
    onChanged();
  });
  return (
    <section className={box.box} aria-labelledby="places-title">
      <h2 id="places-title">{w.account.places}</h2>
      <ul className={css.list}>
        {places.map(({ id, how, device, address, since, seenAt, here }) => {
          const called = device === '' ? w.account.unknownDevice : device;
          return (
            <li key={id} className={css.head}>
              <span className={css.name}>
                <b>{called}</b>
                <span className={css.quiet}>
                  {w.account.how[how]} · {address} · {w.account.since(sayWhen(since, now, locale))} ·{' '}
                  {w.account.seen(sayWhen(seenAt, now, locale))}
                </span>
              </span>
              {here ? (
                <Tag tone="good">{w.account.here}</Tag>
              ) : (
                <Button size="xs" variant="default" aria-label={w.account.endNamed(called)} onClick={() => void end.run(id)}>
                  {w.account.end}
                </Button>
              )}
            </li>
          );
        })}
      </ul>
      <Trouble error={end.error} />
      {places.some(({ here }) => !here) && (
        <Button size="sm" variant="default" mt="xs" loading={end.busy} onClick={() => void end.run(undefined)}>
          {w.account.endOthers}
        </Button>
      )}
    </section>
  );
}
