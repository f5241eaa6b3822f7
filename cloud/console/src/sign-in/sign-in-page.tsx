import { Alert, Button, Text, Title } from '@mantine/core';
import { useWords } from '../words/use-words.tsx';
import { CompanyButton } from './company-button.tsx';
import { Credentials } from './credentials.tsx';
import type { Session } from './session.tsx';
import css from './sign-in.module.css';

/** The way in; says why it is shown when the person did not ask for it. */
export function SignInPage({ session }: { session: Extract<Session, { state: 'out' }> }) {
  const { w, locale, setLocale } = useWords();
  const why = {
    'company-failed': w.signIn.companyFailed,
    'company-refused': w.signIn.companyRefused,
    'once-failed': w.signIn.onceFailed,
    unreachable: w.trouble.unreachableShort,
  };
  return (
    <main className={css.page}>
      <div className={css.card}>
        <div className={css.brand}>
          <img src="./mark.svg" width={34} height={34} alt="" />
          <div>
            <Title order={1}>{w.app.name}</Title>
            <Text size="sm" c="dimmed">
              {w.app.console}
            </Text>
          </div>
        </div>
        <Credentials onIn={session.enter}>
          {session.why && (
            <Alert p="xs" color={session.why === 'unreachable' ? 'orange' : 'gray'} role="status">
              {why[session.why]}
              {session.why === 'unreachable' && (
                <Button variant="default" mt="xs" display="block" onClick={session.checkAgain}>
                  {w.shell.retry}
                </Button>
              )}
            </Alert>
          )}
        </Credentials>
        <CompanyButton />
        <Text size="xs" c="dimmed" mt="sm">
          {w.signIn.first}
        </Text>
      </div>
      <Button variant="subtle" color="gray" aria-label={w.shell.languageLabel} onClick={() => setLocale(locale === 'en' ? 'zh' : 'en')}>
        {w.shell.language}
      </Button>
    </main>
  );
}
