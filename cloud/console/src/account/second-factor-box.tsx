import { Button, Code, Stack, Text, TextInput } from '@mantine/core';
import { Qr } from '@wayside/web/qr';
import { useState } from 'react';
import { useAct } from '../api/act.ts';
import { hub } from '../api/hub.ts';
import css from '../duty/duty.module.css';
import { Trouble } from '../shell/trouble.tsx';
import { useWords } from '../words/use-words.tsx';
import { useFresh } from './fresh.tsx';

type Props = { isSet: boolean; left: number; onChanged: () => void };

/** The code of an app beside the password: set up by QR code, with recovery codes that are shown once. */
export function SecondFactorBox({ isSet, left, onChanged }: Props) {
  const { w } = useWords();
  const fresh = useFresh();
  const [made, setMade] = useState<{ secret: string; uri: string }>();
  const [codes, setCodes] = useState<string[]>();
  const begin = useAct(async () => {
    setCodes(undefined);
    setMade(await hub.newTimeSecret());
  });
  const remove = useAct(() =>
    fresh(async () => {
      await hub.removeSecondFactor();
      setCodes(undefined);
      onChanged();
    }),
  );
  return (
    <section className={css.box} aria-labelledby="factor-title">
      <h2 id="factor-title">{w.account.factor}</h2>
      <p>{isSet ? w.account.factorOn(left) : w.account.factorHint}</p>
      {codes && (
        <Stack gap="xs" role="status" mb="sm">
          <Text size="sm">{w.account.recovery}</Text>
          <Code block>{codes.join('\n')}</Code>
        </Stack>
      )}
      {made ? (
        <SetUp
          made={made}
          onSet={(recovery) => {
            setMade(undefined);
            setCodes(recovery);
            onChanged();
          }}
          onCancel={() => setMade(undefined)}
        />
      ) : (
        <Button.Group>
          <Button size="sm" variant="default" loading={begin.busy} onClick={() => void begin.run()}>
            {isSet ? w.account.factorAnew : w.account.factorSet}
          </Button>
          {isSet && (
            <Button size="sm" variant="default" loading={remove.busy} onClick={() => void remove.run()}>
              {w.account.factorRemove}
            </Button>
          )}
        </Button.Group>
      )}
      <Trouble error={begin.error ?? remove.error} />
    </section>
  );
}

function SetUp({
  made,
  onSet,
  onCancel,
}: {
  made: { secret: string; uri: string };
  onSet: (codes: string[]) => void;
  onCancel: () => void;
}) {
  const { w } = useWords();
  const fresh = useFresh();
  const [code, setCode] = useState('');
  const set = useAct(() =>
    fresh(async () => {
      const { recoveryCodes } = await hub.setSecondFactor(made.secret, code);
      onSet(recoveryCodes);
    }),
  );
  return (
    <form
      onSubmit={(event) => {
        event.preventDefault();
        void set.run();
      }}
    >
      <Stack gap="xs">
        <Text size="sm">{w.account.scan}</Text>
        <div style={{ width: 176 }}>
          <Qr text={made.uri} label={w.account.qr} />
        </div>
        <Text size="sm">
          {w.account.byHand} <Code>{made.secret.replaceAll(/.{4}(?=.)/g, '$& ')}</Code>
        </Text>
        <TextInput
          label={w.signIn.code}
          value={code}
          onChange={(event) => setCode(event.currentTarget.value)}
          autoComplete="one-time-code"
          inputMode="numeric"
          autoFocus
          required
          withAsterisk={false}
        />
        <Trouble error={set.error} />
        <Button.Group>
          <Button size="sm" type="submit" loading={set.busy} disabled={code.trim().length < 6}>
            {w.account.factorConfirm}
          </Button>
          <Button size="sm" variant="default" onClick={onCancel}>
            {w.shell.cancel}
          </Button>
        </Button.Group>
      </Stack>
    </form>
  );
}
