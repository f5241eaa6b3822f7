import { Radio, Stack, TextInput } from '@mantine/core';
import { useState } from 'react';
import { useAct } from '../api/act.ts';
import { hub } from '../api/hub.ts';
import { ActDialog, type ActDialogProps } from '../shell/act-dialog.tsx';
import { sayWhen } from '../words/say.ts';
import { useWords } from '../words/use-words.tsx';
import { morning } from './snooze-times.ts';

/** How long the case may sleep: a while, or until a morning of the technician's own clock. */
export function SnoozeDialog({ view, onClose, onDone }: ActDialogProps) {
  const { w, locale } = useWords();
  const [now] = useState(Date.now);
  const [chosen, setChosen] = useState('hour');
  const [own, setOwn] = useState('');
  const [why, setWhy] = useState('');
  const times = {
    hour: now + 3_600_000,
    four: now + 4 * 3_600_000,
    tomorrow: morning(now, 1),
    monday: morning(now, (8 - new Date(now).getDay()) % 7 || 7),
  };
  const until = chosen === 'own' ? new Date(own).getTime() : times[chosen as keyof typeof times];
  const snooze = useAct(async () => onDone(await hub.snooze(view.id, { until, why })));
  return (
    <ActDialog title={w.acts.snooze} hint={w.snooze.hint} act={snooze} button={w.snooze.button} ready={until > now} onClose={onClose}>
      <Radio.Group label={w.snooze.until(Intl.DateTimeFormat().resolvedOptions().timeZone)} value={chosen} onChange={setChosen}>
        <Stack gap={6} mt={6}>
          {(Object.keys(times) as (keyof typeof times)[]).map((key) => (
            <Radio key={key} size="sm" value={key} label={`${w.snooze.times[key]} · ${sayWhen(times[key], now, locale)}`} />
          ))}
          <Radio size="sm" value="own" label={w.snooze.own} />
        </Stack>
      </Radio.Group>
      {chosen === 'own' && (
        <TextInput type="datetime-local" aria-label={w.snooze.own} value={own} onChange={(event) => setOwn(event.currentTarget.value)} />
      )}
      <TextInput label={w.snooze.why} maxLength={300} value={why} onChange={(event) => setWhy(event.currentTarget.value)} />
    </ActDialog>
  );
}
