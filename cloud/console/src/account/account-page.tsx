import { Alert, Switch } from '@mantine/core';
import { useEffect } from 'react';
import { useAct } from '../api/act.ts';
import { hub } from '../api/hub.ts';
import { useLoaded } from '../api/loaded.ts';
import type { Myself } from '../api/types.ts';
import css from '../duty/duty.module.css';
import page from '../shell/page.module.css';
import { Trouble } from '../shell/trouble.tsx';
import { Waiting } from '../shell/waiting.tsx';
import { useMay } from '../sign-in/may.ts';
import { useWords } from '../words/use-words.tsx';
import { Fresh } from './fresh.tsx';
import { PasskeysBox } from './passkeys-box.tsx';
import { PasswordBox } from './password-box.tsx';
import { PlacesBox } from './places-box.tsx';
import { PushBox } from './push-box.tsx';
import { SecondFactorBox } from './second-factor-box.tsx';

/** How I sign in, and where I am signed in. @param onChanged what I may do may have changed with it */
export function AccountPage({ me, onChanged }: { me: Myself; onChanged: () => void }) {
  const { w } = useWords();
  const mayRule = useMay('technician:manage');
  const { data, error, reload } = useLoaded('account', hub.account);
  useEffect(() => {
    document.title = `${w.account.title} · ${w.app.name}`;
  }, [w]);
  const changed = () => {
    reload();
    if (me.restricted) onChanged();
  };
  return (
    <section className={page.page} aria-labelledby="account-title">
      <header className={page.head}>
        <h1 id="account-title" className={page.title}>
          {w.account.title}
        </h1>
      </header>
      <Trouble error={error} onRetry={reload} m="md" />
      {data === undefined && error === undefined && <Waiting />}
      {me.restricted && (
        <Alert m="md" p="xs" color="orange" role="status">
          {w.account.restricted}
        </Alert>
      )}
      {data && (
        <Fresh name={me.name}>
          <div className={css.body}>
            <div className={css.side}>
              <PasskeysBox passkeys={data.passkeys} onChanged={changed} />
              <SecondFactorBox isSet={data.secondFactor} left={data.recoveryCodes} onChanged={changed} />
            </div>
            <div className={css.side}>
              <PlacesBox places={data.places} onChanged={reload} />
              {!me.restricted && <PushBox />}
              <PasswordBox name={me.name} hasPassword={data.hasPassword} onChanged={reload} />
              {mayRule && <RuleBox required={data.required} onChanged={reload} />}
            </div>
          </div>
        </Fresh>
      )}
    </section>
  );
}

/** What an admin requires of everybody. */
function RuleBox({ required, onChanged }: { required: boolean; onChanged: () => void }) {
  const { w } = useWords();
  const turn = useAct(async () => {
    await hub.requireSecondFactor(!required);
    onChanged();
  });
  return (
    <section className={css.box} aria-labelledby="rule-title">
      <h2 id="rule-title">{w.account.rule}</h2>
      <Switch
        checked={required}
        disabled={turn.busy}
        onChange={() => void turn.run()}
        label={w.account.require}
        description={w.account.requireHint}
      />
      <Trouble error={turn.error} />
    </section>
  );
}
