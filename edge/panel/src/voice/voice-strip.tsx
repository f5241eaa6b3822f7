import { ActionIcon, Button, TextInput } from '@mantine/core';
import { IconAlertTriangle, IconPencil, IconSettings, IconX } from '@tabler/icons-react';
import { type FormEvent, useState } from 'react';
import type { Identifier } from '../api/types.ts';
import { useDetails } from '../detail.tsx';
import { useWords } from '../words/words.tsx';
import { LevelMeter } from './level-meter.tsx';
import type { Voice } from './use-voice.ts';
import styles from './voice.module.css';

/** What goes on by voice: that it listens and how loud it is, the sentence as it is understood so far, and in words whatever does not work. */
export function VoiceStrip({ voice: { talk, view }, onSay }: { voice: Voice; onSay: (text: string) => void }) {
  const { words } = useWords();
  const { show } = useDetails();
  const { state, partial, trouble, heard, known } = view;
  const live = state !== 'off';
  if (!live && !trouble && !heard?.identifiers.length) return null;
  return (
    <section className={styles.strip} aria-label={words.voice.title}>
      {live && (
        <div className={styles.live} data-state={state}>
          <LevelMeter level={talk.level} />
          {/* A screen reader hears the states, and not every word while it is still being understood. */}
          <div className={styles.state}>
            <p role="status">{partial === '' ? words.voice.states[state] : <span className={styles.partial}>{partial}</span>}</p>
            {known && <p className={styles.known}>{words.voice.knownAs(known.name)}</p>}
          </div>
          <ActionIcon className={styles.small} variant="subtle" aria-label={words.voice.title} onClick={() => show({ kind: 'voice' })}>
            <IconSettings size={26} aria-hidden />
          </ActionIcon>
          <ActionIcon className={styles.small} variant="subtle" aria-label={words.voice.end} onClick={talk.stop}>
            <IconX size={28} aria-hidden />
          </ActionIcon>
        </div>
      )}
      {trouble && (
        <div className={styles.trouble} role="alert">
          <IconAlertTriangle size={26} aria-hidden />
          <p>
            {words.voice.trouble[trouble.why]} {trouble.why === 'turn' && trouble.detail}
          </p>
        </div>
      )}
      {heard && heard.identifiers.length > 0 && (
        <div className={styles.identifiers}>
          {heard.identifiers.map((identifier) => (
            <Correct
              key={`${heard.turn} ${identifier.text}`}
              identifier={identifier}
              onCorrect={(text) => {
                talk.understood();
                onSay(heard.text.toUpperCase().includes(identifier.text) ? replaced(heard.text, identifier.text, text) : text);
              }}
            />
          ))}
        </div>
      )}
    </section>
  );
}

const replaced = (sentence: string, was: string, is: string) => sentence.replace(new RegExp(was, 'i'), is);

/** What was heard of a code or a number, read back large; a touch opens it to be put right, and the sentence is said anew with it. */
function Correct({ identifier, onCorrect }: { identifier: Identifier; onCorrect: (text: string) => void }) {
  const { words } = useWords();
  const [text, setText] = useState<string>();
  if (text === undefined)
    return (
      <Button
        className={styles.identifier}
        variant="default"
        rightSection={<IconPencil size={22} aria-hidden />}
        aria-label={words.voice.correct(identifier.text)}
        onClick={() => setText(identifier.text)}
      >
        {words.voice.heardAs} <b>{identifier.text}</b>
      </Button>
    );
  const put = (event: FormEvent) => {
    event.preventDefault();
    const right = text.trim().toUpperCase();
    if (right && right !== identifier.text) onCorrect(right);
    else setText(undefined);
  };
  return (
    <form className={styles.correction} onSubmit={put}>
      <TextInput
        className={styles.field}
        classNames={{ input: styles.code }}
        aria-label={words.voice.correct(identifier.text)}
        value={text}
        onChange={(event) => setText(event.currentTarget.value)}
        maxLength={identifier.kind === 'vin' ? 17 : 5}
        autoCapitalize="characters"
        autoFocus
      />
      <Button className={styles.identifier} type="submit">
        {words.people.ok}
      </Button>
    </form>
  );
}
