import { Button } from '@mantine/core';
import { IconMicrophone, IconTrash } from '@tabler/icons-react';
import { useEffect, useState } from 'react';
import { useSite } from '../panel.tsx';
import styles from '../people/people.module.css';
import { usePeople } from '../people/use-people.ts';
import { useWords } from '../words/words.tsx';
import type { Voice } from './use-voice.ts';

/** To be known by one's voice: what that means, three sentences to read, and one tap to have it forgotten. */
export function KnownVoice({ voice: { talk, view }, since }: { voice: Voice; since: number | undefined }) {
  const { words, time } = useWords();
  const { status } = useSite();
  const { household } = usePeople();
  const [away, setAway] = useState(false);
  const { lesson } = view;
  useEffect(() => {
    if (lesson?.state === 'known') void household.refresh();
  }, [household, lesson]);
  if (since === undefined && !status?.voice.learns) return null;
  const reading = lesson && lesson.state !== 'known' && view.state !== 'off';
  const forget = async () => setAway((await household.change('me', { voice: null })).kind !== 'ok');
  return (
    <>
      <h3 className={styles.heading}>{words.voice.known}</h3>
      <p className={styles.note}>{since === undefined ? words.voice.knownMeans : words.voice.knownSince(time(since))}</p>
      {reading && (
        <div className={styles.stack} role="status">
          <p className={styles.note}>
            {lesson.state === 'differs' ? words.voice.differs : words.voice.readAloud(lesson.heard + 1, lesson.of)}
          </p>
          <p className={styles.sentence}>{words.voice.sentences[lesson.heard]}</p>
        </div>
      )}
      {since === undefined && !reading && (
        <Button
          className={styles.act}
          variant="default"
          leftSection={<IconMicrophone size={26} aria-hidden />}
          onClick={() => void talk.learnVoice()}
        >
          {words.voice.teach}
        </Button>
      )}
      {since !== undefined && (
        <Button className={styles.act} variant="default" leftSection={<IconTrash size={26} aria-hidden />} onClick={() => void forget()}>
          {words.voice.forget}
        </Button>
      )}
      {(away || (!reading && view.trouble)) && (
        <p className={styles.trouble} role="alert">
          {away ? words.people.away : view.trouble && words.voice.trouble[view.trouble.why]}
        </p>
      )}
    </>
  );
}
