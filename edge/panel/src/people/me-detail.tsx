import { Button, UnstyledButton } from '@mantine/core';
import { IconChevronRight, IconDeviceMobile, IconDownload, IconLink, IconTrash } from '@tabler/icons-react';
import { useState } from 'react';
import type { Me, PreferencesChange } from '../api/types.ts';
import { useDetails } from '../detail.tsx';
import { usePanel, useSite } from '../panel.tsx';
import { KnownVoice } from '../voice/known-voice.tsx';
import type { Voice } from '../voice/use-voice.ts';
import { useWords } from '../words/words.tsx';
import { forgetKept } from './kept-by.ts';
import { Choice } from './new-person.tsx';
import styles from './people.module.css';
import { PinPad } from './pin-pad.tsx';
import { usePeople } from './use-people.ts';

/** What I like, what is mine, and what is kept of me. */
export function MeDetail({ voice }: { voice: Voice }) {
  const { words, time, number } = useWords();
  const { edge } = usePanel();
  const { household, me } = usePeople();
  const { status } = useSite();
  const { open, close } = useDetails();
  const [trouble, setTrouble] = useState('');
  if (!me?.person || !me.name) return <p>{words.people.firstChoose}</p>;
  const mine = me.person;
  const { preferences } = me;
  const tell = (done: { kind: string; detail?: string }) => setTrouble(done.kind === 'ok' ? '' : (done.detail ?? words.people.away));
  const like = (change: PreferencesChange) => void household.change('me', { preferences: change }).then(tell);
  const erase = async () => {
    const done = await household.remove('me');
    tell(done);
    if (done.kind !== 'ok') return;
    forgetKept(mine, localStorage);
    close();
  };
  return (
    <div className={styles.stack}>
      <p className={styles.trouble} role="status">
        {trouble}
      </p>
      <Choice
        label={words.people.language}
        value={preferences.locale ?? 'any'}
        options={{ any: words.people.asScreen, en: 'English', zh: '中文' }}
        onChange={(value) => like({ locale: value === 'any' ? null : value })}
      />
      <Choice label={words.people.units} value={preferences.units} options={words.people.unitsOf} onChange={(units) => like({ units })} />
      <Choice
        label={words.people.verbosity}
        value={preferences.verbosity}
        options={words.people.verbosityOf}
        onChange={(verbosity) => like({ verbosity })}
      />
      <Choice label={words.people.theme} value={preferences.theme} options={words.people.themeOf} onChange={(theme) => like({ theme })} />

      <h3 className={styles.heading}>{words.people.pin}</h3>
      <Pin me={me} onChange={(pin) => void household.change('me', { pin }).then(tell)} />

      <KnownVoice voice={voice} since={me.voiceSince} />

      <h3 className={styles.heading}>{words.people.sharing}</h3>
      <p className={styles.note}>{me.shares ? words.people.sharesNow : words.people.keepsNow}</p>
      <Button className={styles.act} variant="default" onClick={() => void household.change('me', { shares: !me.shares }).then(tell)}>
        {me.shares ? words.people.stopSharing : words.people.share}
      </Button>
      <ul className={styles.rows}>
        <li>
          <UnstyledButton className={styles.row} data-card onClick={() => open({ kind: 'phone' })}>
            <IconDeviceMobile size={28} aria-hidden />
            <span className={styles.grow}>{words.people.phone}</span>
            <IconChevronRight size={24} aria-hidden />
          </UnstyledButton>
        </li>
        <li>
          <UnstyledButton className={styles.row} data-card disabled={!me.shares} onClick={() => open({ kind: 'link' })}>
            <IconLink size={28} aria-hidden />
            <span className={styles.grow}>
              {words.people.link}
              {!me.shares && <span className={styles.small}>{words.people.linkNeeds}</span>}
            </span>
            <IconChevronRight size={24} aria-hidden />
          </UnstyledButton>
        </li>
      </ul>

      <h3 className={styles.heading}>{words.people.devices}</h3>
      <ul className={styles.rows}>
        {me.devices?.map(({ device, name, how, at, here }) => (
          <li key={device} className={styles.row} data-card>
            <span className={styles.grow}>
              {name}
              <span className={styles.small}>
                {[words.people.deviceHow[how], time(at), here ? words.people.thisOne : ''].filter(Boolean).join(' · ')}
              </span>
            </span>
            {!here && (
              <Button className={styles.small} variant="subtle" onClick={() => void household.dropDevice(device).then(tell)}>
                {words.people.signOut}
              </Button>
            )}
          </li>
        ))}
      </ul>

      <h3 className={styles.heading}>{words.people.data}</h3>
      <p className={styles.note}>
        {words.people.keptFor(number(me.keptDays))} {words.people.dataMeans}
      </p>
      <div className={styles.acts}>
        <Button
          className={styles.act}
          variant="default"
          component="a"
          href={edge.url('v1/people/me/export')}
          download
          leftSection={<IconDownload size={26} aria-hidden />}
        >
          {words.people.export}
        </Button>
        {status?.hub.state === 'offline' && <p className={styles.note}>{words.people.exportWithoutHub}</p>}
        <Erase onErase={() => void erase()} />
      </div>
    </div>
  );
}

function Pin({ me, onChange }: { me: Me; onChange: (pin: string | null) => void }) {
  const { words } = useWords();
  const [open, setOpen] = useState(false);
  if (open)
    return (
      <div className={styles.narrow}>
        <PinPad
          label={words.people.choosePin}
          least={4}
          most={8}
          onDone={(pin) => {
            setOpen(false);
            onChange(pin);
          }}
        />
      </div>
    );
  return (
    <div className={styles.acts}>
      <Button className={styles.act} variant="default" onClick={() => setOpen(true)}>
        {me.hasPin ? words.people.changePin : words.people.withPin}
      </Button>
      {me.hasPin && (
        <Button className={styles.act} variant="default" onClick={() => onChange(null)}>
          {words.people.noPin}
        </Button>
      )}
    </div>
  );
}

/** Asked once more, since nothing brings it back. */
function Erase({ onErase }: { onErase: () => void }) {
  const { words } = useWords();
  const [sure, setSure] = useState(false);
  return (
    <Button
      className={styles.act}
      variant="default"
      data-danger
      leftSection={<IconTrash size={26} aria-hidden />}
      onClick={() => (sure ? onErase() : setSure(true))}
    >
      {sure ? words.people.eraseSure : words.people.erase}
    </Button>
  );
}
