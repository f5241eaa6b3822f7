import { Switch } from '@mantine/core';
import { useEffect, useState } from 'react';
import type { SessionConsents, Transcript } from '../api/types.ts';
import { usePanel, useSite } from '../panel.tsx';
import { Choice } from '../people/new-person.tsx';
import styles from '../people/people.module.css';
import { useWords } from '../words/words.tsx';
import { browserVoice } from './browser-voice.ts';
import type { Voice } from './use-voice.ts';
import voiceStyles from './voice.module.css';

/** How this screen speaks and listens, what becomes of what it hears, and what may be kept and passed on of this conversation. */
export function VoiceDetail({ voice: { talk, view, likes, like }, session }: { voice: Voice; session: string | undefined }) {
  const { words, locale } = useWords();
  const { status } = useSite();
  const here = status?.voice;
  const speaks = here?.speaks.includes(locale) ?? view.can?.speaks;
  const hears = here?.hears.includes(locale) ?? view.can?.hears;
  return (
    <div className={styles.stack}>
      <p className={styles.note}>{hears ? words.voice.how : words.voice.trouble['no-recognizer']}</p>
      <Choice label={words.voice.speak} value={likes.speak} options={words.voice.speakOf} onChange={(speak) => like({ speak })} />
      {speaks === false && <p className={styles.note}>{words.voice.noMouth}</p>}
      {speaks === false && browserVoice(locale) && (
        <Agree label={words.voice.browser} means={words.voice.browserMeans} on={likes.browser} onChange={(browser) => like({ browser })} />
      )}
      {(here?.ears.wakeWord || view.can?.wakes) && (
        <Agree
          label={words.voice.wake(here?.ears.wakeWord ?? '')}
          means={words.voice.wakeMeans}
          on={likes.wake}
          onChange={(wake) => {
            like({ wake });
            if (wake) void talk.listen('wake');
            else talk.stop();
          }}
        />
      )}
      <h3 className={styles.heading}>{words.voice.privacy}</h3>
      <p className={styles.note}>{words.voice.privacyMeans}</p>
      <h3 className={styles.heading}>{words.consents.title}</h3>
      <Consents session={session} />
      {here && <p className={voiceStyles.here}>{words.voice.here(here.ears.recognizer ?? '–', here.mouth.voice ?? '–')}</p>}
    </div>
  );
}

/** What the person agrees to in this conversation. Nothing is agreed to by keeping quiet. */
function Consents({ session }: { session: string | undefined }) {
  const { words } = useWords();
  const { edge } = usePanel();
  const [consents, setConsents] = useState<SessionConsents>();
  const [trouble, setTrouble] = useState('');
  useEffect(() => {
    setConsents(undefined);
    if (session)
      void edge.get<Transcript>(`v1/sessions/${session}`).then((reply) => reply.kind === 'ok' && setConsents(reply.body.consents));
  }, [edge, session]);
  const agree = async (change: Partial<SessionConsents>) => {
    const reply = await edge.put<SessionConsents>(`v1/sessions/${session}/consents`, change);
    if (reply.kind === 'ok') setConsents(reply.body);
    setTrouble(reply.kind === 'ok' ? '' : words.people.away);
  };
  if (!session || !consents) return <p className={styles.note}>{words.consents.later}</p>;
  return (
    <>
      <Agree label={words.consents.mood} means={words.consents.moodMeans} on={consents.mood} onChange={(mood) => void agree({ mood })} />
      <Agree
        label={words.consents.contact}
        means={words.consents.contactMeans}
        on={consents.contact}
        onChange={(contact) => void agree({ contact })}
      />
      <p className={styles.trouble} role="status">
        {trouble}
      </p>
    </>
  );
}

function Agree(props: { label: string; means: string; on: boolean; onChange: (on: boolean) => void }) {
  const { label, means, on, onChange } = props;
  return (
    <Switch
      classNames={{
        root: voiceStyles.agree,
        body: voiceStyles.agreeBody,
        label: voiceStyles.agreeLabel,
        description: voiceStyles.agreeMeans,
      }}
      size="xl"
      label={label}
      description={means}
      checked={on}
      onChange={(event) => onChange(event.currentTarget.checked)}
    />
  );
}
