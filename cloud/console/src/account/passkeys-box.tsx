import { Button, TextInput } from '@mantine/core';
import { IconPlus } from '@tabler/icons-react';
import { useState } from 'react';
import { useAct } from '../api/act.ts';
import { hub } from '../api/hub.ts';
import type { Account } from '../api/types.ts';
import box from '../duty/duty.module.css';
import css from '../hooks/hooks.module.css';
import { useNow } from '../shell/clock.ts';
import { Trouble } from '../shell/trouble.tsx';
import { canUsePasskeys, makePasskey } from '../sign-in/passkey.ts';
import { sayWhen } from '../words/say.ts';
import { useWords } from '../words/use-words.tsx';
import { useFresh } from './fresh.tsx';

/** My passkeys, by name; a new one, and one taken away. */
export function PasskeysBox({ passkeys, onChanged }: { passkeys: Account['passkeys']; onChanged: () => void }) {
  const { w, locale } = useWords();
  const now = useNow();
  const fresh = useFresh();
  const [name, setName] = useState('');
  const add = useAct(() =>
    fresh(async () => {
      await makePasskey(name.trim() || w.account.passkeyName);
      setName('');
      onChanged();
    }),
  );
  const remove = useAct((id: string) =>
    fresh(async () => {
      await hub.removePasskey(id);
      onChanged();
    }),
  );
  return (
    <section className={box.box} aria-labelledby="passkeys-title">
      <h2 id="passkeys-title">{w.account.passkeys}</h2>
      <p>{w.account.passkeysHint}</p>
      <ul className={css.list}>
        {passkeys.map(({ id, name: called, createdAt, usedAt }) => (
          <li key={id} className={css.head}>
            <span className={css.name}>
              <b>{called}</b>
              <span className={css.quiet}>
                {usedAt === null ? w.account.madeAt(sayWhen(createdAt, now, locale)) : w.account.usedAt(sayWhen(usedAt, now, locale))}
              </span>
            </span>
            <Button size="xs" variant="default" aria-label={w.account.removeNamed(called)} onClick={() => void remove.run(id)}>
              {w.account.remove}
            </Button>
          </li>
        ))}
      </ul>
      <Trouble error={remove.error ?? add.error} />
      {canUsePasskeys() ? (
        <form
          className={css.head}
          onSubmit={(event) => {
            event.preventDefault();
            void add.run();
          }}
        >
          <TextInput
            className={css.name}
            label={w.account.passkeyLabel}
            placeholder={w.account.passkeyName}
            maxLength={80}
            value={name}
            onChange={(event) => setName(event.currentTarget.value)}
          />
          <Button
            type="submit"
            size="sm"
            variant="default"
            loading={add.busy}
            leftSection={<IconPlus size={16} aria-hidden />}
            style={{ alignSelf: 'end' }}
          >
            {w.account.addPasskey}
          </Button>
        </form>
      ) : (
        <p>{w.account.nowhere}</p>
      )}
    </section>
  );
}
