import { Switch } from '@mantine/core';
import { useEffect, useState } from 'react';
import { useAct } from '../api/act.ts';
import { hub } from '../api/hub.ts';
import { useLoaded } from '../api/loaded.ts';
import css from '../duty/duty.module.css';
import { Trouble } from '../shell/trouble.tsx';
import { useMay } from '../sign-in/may.ts';
import { useWords } from '../words/use-words.tsx';
import { ownSubscription, takesPush, turnPushOff, turnPushOn } from './push-browser.ts';

/** Whether this browser is told of urgent cases and of what is handed to its person while no page of the console is open. */
export function PushBox() {
  const { w, locale } = useWords();
  const mayRollOut = useMay('rollout:run');
  const { data, error, reload } = useLoaded('push', hub.push);
  const [endpoint, setEndpoint] = useState<string>();
  const [blocked, setBlocked] = useState(takesPush() && Notification.permission === 'denied');
  useEffect(() => {
    // Read anew whenever the hub's list is.
    if (data) void ownSubscription().then((own) => setEndpoint(own?.endpoint));
  }, [data]);
  const on = endpoint !== undefined && data?.endpoints.includes(endpoint) === true;
  const turn = useAct(async () => {
    if (on) await turnPushOff();
    else if (data) setBlocked(!(await turnPushOn(data.key, locale)));
    reload();
  });
  const say = w.account.push;
  return (
    <section className={css.box} aria-labelledby="push-title">
      <h2 id="push-title">{say.title}</h2>
      <Switch
        checked={on}
        disabled={!takesPush() || data === undefined || turn.busy}
        onChange={() => void turn.run()}
        label={mayRollOut ? say.casesAndRollouts : say.cases}
        description={takesPush() ? say.hint : say.nowhere}
      />
      {blocked && <p role="status">{say.blocked}</p>}
      <Trouble error={error ?? turn.error} />
    </section>
  );
}
