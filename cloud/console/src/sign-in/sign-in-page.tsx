import { Alert, Button, PasswordInput, Stack, Text, TextInput, Title } from '@mantine/core';
import { type FormEvent, useState } from 'react';
import { useAct } from '../api/act.ts';
import { Trouble } from '../shell/trouble.tsx';
import { useWords } from '../words/use-words.tsx';
import type { Session } from './session.tsx';
import css from './sign-in.module.css';

/** Name and password; says why it is shown when the person did not ask for it. */
export function SignInPage({ session }: { session: Extract<Session, { state: 'out' }> }) {
  const { w, locale, setLocale } = useWords();
  const [name, setName] = useState('');
  const [password, setPassword] = useState('');
  const submit = useAct(() => session.signIn(name.trim(), password));
  const why = { expired: w.signIn.expired, 'once-failed': w.signIn.onceFailed, unreachable: w.trouble.unreachableShort };
  return (
    <main className={css.page}>
      <form
        className={css.card}
        onSubmit={(event: FormEvent) => {
          event.preventDefault();
          void submit.run();
        }}
      >
        <Stack gap="sm">
          <div className={css.brand}>
            <img src="./mark.svg" width={34} height={34} alt="" />
            <div>
              <Title order={1}>{w.app.name}</Title>
              <Text size="sm" c="dimmed">
                {w.app.console}
              </Text>
            </div>
          </div>
          {session.why && !submit.error && (
            <Alert p="xs" color={session.why === 'unreachable' ? 'orange' : 'gray'} role="status">
              {why[session.why]}
              {session.why === 'unreachable' && (
                <Button variant="default" mt="xs" display="block" onClick={session.checkAgain}>
                  {w.shell.retry}
                </Button>
              )}
            </Alert>
          )}
          <TextInput
            label={w.signIn.name}
            value={name}
            onChange={(event) => setName(event.currentTarget.value)}
            autoComplete="username"
            autoFocus
            required
            withAsterisk={false}
          />
          <PasswordInput
            label={w.signIn.password}
            value={password}
            onChange={(event) => setPassword(event.currentTarget.value)}
            autoComplete="current-password"
            required
            withAsterisk={false}
          />
          <Trouble error={submit.error} />
          <Button type="submit" size="sm" loading={submit.busy}>
            {w.signIn.button}
          </Button>
          <Text size="xs" c="dimmed">
            {w.signIn.first}
          </Text>
        </Stack>
      </form>
      <Button variant="subtle" color="gray" aria-label={w.shell.languageLabel} onClick={() => setLocale(locale === 'en' ? 'zh' : 'en')}>
        {w.shell.language}
      </Button>
    </main>
  );
}
