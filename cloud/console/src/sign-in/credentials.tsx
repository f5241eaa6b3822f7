import { Button, PasswordInput, Stack, TextInput } from '@mantine/core';
import { IconFingerprint } from '@tabler/icons-react';
import { type ReactNode, useState } from 'react';
import { useAct } from '../api/act.ts';
import { hub } from '../api/hub.ts';
import { Trouble } from '../shell/trouble.tsx';
import { useWords } from '../words/use-words.tsx';
import { canUsePasskeys, showPasskey } from './passkey.ts';

type Props = {
  /** Whose they are, when that is known already. */
  whose?: string;
  /** Whose they most likely are; another may come in too. */
  suggested?: string;
  onIn: () => Promise<void>;
  /** Stands above the fields until there is something newer to say. */
  children?: ReactNode;
};

/** What somebody shows to come in: a passkey, or name and password, and the code that is asked for after it. */
export function Credentials({ whose, suggested, onIn, children }: Props) {
  const { w } = useWords();
  const [name, setName] = useState(whose ?? suggested ?? '');
  const [password, setPassword] = useState('');
  const [code, setCode] = useState<string>();
  const submit = useAct(async () => {
    const answer = await hub.signIn(name.trim(), password, code);
    if ('wanted' in answer) setCode('');
    else await onIn();
  });
  const passkey = useAct(async () => {
    await showPasskey();
    await onIn();
  });
  const error = submit.error ?? passkey.error;
  return (
    <form
      onSubmit={(event) => {
        event.preventDefault();
        passkey.clear();
        void submit.run();
      }}
    >
      <Stack gap="sm">
        {!error && children}
        {whose === undefined && (
          <TextInput
            label={w.signIn.name}
            value={name}
            onChange={(event) => setName(event.currentTarget.value)}
            autoComplete="username"
            autoFocus={suggested === undefined}
            required
            withAsterisk={false}
          />
        )}
        <PasswordInput
          label={w.signIn.password}
          value={password}
          onChange={(event) => {
            setPassword(event.currentTarget.value);
            setCode(undefined);
          }}
          autoComplete="current-password"
          autoFocus={(whose ?? suggested) !== undefined}
          data-autofocus={suggested === undefined ? undefined : true}
          required
          withAsterisk={false}
        />
        {code !== undefined && (
          <TextInput
            label={w.signIn.code}
            description={w.signIn.codeHint}
            value={code}
            onChange={(event) => setCode(event.currentTarget.value)}
            autoComplete="one-time-code"
            autoFocus
            required
            withAsterisk={false}
            minLength={6}
          />
        )}
        <Trouble error={error} />
        <Button type="submit" size="sm" loading={submit.busy}>
          {w.signIn.button}
        </Button>
        {canUsePasskeys() && (
          <Button
            variant="default"
            size="sm"
            leftSection={<IconFingerprint size={16} aria-hidden />}
            loading={passkey.busy}
            onClick={() => {
              submit.clear();
              void passkey.run();
            }}
          >
            {w.signIn.passkey}
          </Button>
        )}
      </Stack>
    </form>
  );
}
