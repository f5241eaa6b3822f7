import { Button, PasswordInput, Stack, Text } from '@mantine/core';
import { useState } from 'react';
import { useAct } from '../api/act.ts';
import { hub } from '../api/hub.ts';
import css from '../duty/duty.module.css';
import { Trouble } from '../shell/trouble.tsx';
import { useWords } from '../words/use-words.tsx';
import { useFresh } from './fresh.tsx';

/** A new password; everywhere else one is signed out by it. */
export function PasswordBox({ name, hasPassword, onChanged }: { name: string; hasPassword: boolean; onChanged: () => void }) {
  const { w } = useWords();
  const fresh = useFresh();
  const [old, setOld] = useState('');
  const [next, setNext] = useState('');
  const [done, setDone] = useState(false);
  const change = useAct(() =>
    fresh(async () => {
      await hub.changePassword(old, next);
      setOld('');
      setNext('');
      setDone(true);
      onChanged();
    }),
  );
  return (
    <section className={css.box} aria-labelledby="password-title">
      <h2 id="password-title">{w.signIn.password}</h2>
      <form
        onSubmit={(event) => {
          event.preventDefault();
          setDone(false);
          void change.run();
        }}
      >
        <Stack gap="xs">
          {/* For password managers: whose it is. */}
          <input type="text" hidden readOnly autoComplete="username" value={name} />
          {hasPassword && (
            <PasswordInput
              label={w.account.oldPassword}
              value={old}
              onChange={(event) => setOld(event.currentTarget.value)}
              autoComplete="current-password"
              required
              withAsterisk={false}
            />
          )}
          <PasswordInput
            label={w.account.newPassword}
            description={w.account.newPasswordHint}
            value={next}
            onChange={(event) => setNext(event.currentTarget.value)}
            autoComplete="new-password"
            minLength={10}
            required
            withAsterisk={false}
          />
          <Trouble error={change.error} />
          {done && (
            <Text size="sm" role="status">
              {w.account.passwordChanged}
            </Text>
          )}
          <Button size="sm" type="submit" variant="default" loading={change.busy} style={{ justifySelf: 'start', alignSelf: 'start' }}>
            {w.account.changePassword}
          </Button>
        </Stack>
      </form>
    </section>
  );
}
