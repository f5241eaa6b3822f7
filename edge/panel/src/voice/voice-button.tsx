import { ActionIcon } from '@mantine/core';
import { IconMicrophone, IconPlayerStopFilled } from '@tabler/icons-react';
import { useEffect, useRef } from 'react';
import { useWords } from '../words/words.tsx';
import type { Voice } from './use-voice.ts';
import styles from './voice.module.css';

/** Shorter than this is a tap, ms: it listens until the sentence is over. Longer is push to talk: it listens until it is let go. */
const tapMs = 350;
/** Free in every browser, also while one types; held down it is push to talk. */
const key = 'F2';

/** Tap to talk, or hold to talk. While an answer is spoken a touch takes the floor; while one is being heard it says “that was all”. */
export function VoiceButton({ voice: { talk, view } }: { voice: Voice }) {
  const { words } = useWords();
  const pressedAt = useRef<number | undefined>(undefined);
  const busy = view.state !== 'off' && view.state !== 'waiting';

  const press = (at: number) => {
    if (pressedAt.current !== undefined) return;
    if (view.state === 'hearing') return talk.finish();
    if (view.state === 'listening' || view.state === 'opening' || view.state === 'thinking') return talk.stop();
    pressedAt.current = at;
    void talk.listen('held');
  };
  const release = (at: number) => {
    const { current } = pressedAt;
    pressedAt.current = undefined;
    if (current === undefined) return;
    if (at - current < tapMs) talk.change('open');
    else talk.finish();
  };
  const latest = useRef({ press, release });
  latest.current = { press, release };
  useEffect(() => {
    const down = (event: KeyboardEvent) => {
      if (event.key !== key || event.repeat) return;
      event.preventDefault();
      latest.current.press(event.timeStamp);
    };
    const up = (event: KeyboardEvent) => event.key === key && latest.current.release(event.timeStamp);
    // A key let go elsewhere is let go: nobody is listened to without wanting it.
    const away = (event: Event) => latest.current.release(event.timeStamp);
    window.addEventListener('keydown', down);
    window.addEventListener('keyup', up);
    window.addEventListener('blur', away);
    return () => {
      window.removeEventListener('keydown', down);
      window.removeEventListener('keyup', up);
      window.removeEventListener('blur', away);
    };
  }, []);

  return (
    <ActionIcon
      className={styles.button}
      data-state={view.state}
      aria-label={view.state === 'hearing' ? words.voice.done : busy && view.state !== 'speaking' ? words.voice.stop : words.voice.talk}
      aria-pressed={busy}
      aria-keyshortcuts={key}
      title={words.voice.keyHint}
      onPointerDown={(event) => {
        event.currentTarget.setPointerCapture(event.pointerId);
        press(event.timeStamp);
      }}
      onPointerUp={(event) => release(event.timeStamp)}
      onPointerCancel={(event) => release(event.timeStamp)}
      onContextMenu={(event) => event.preventDefault()}
      onClick={(event) => {
        // From a keyboard or a screen reader: no pointer was down, and a click is a tap.
        if (event.detail !== 0) return;
        press(event.timeStamp);
        release(event.timeStamp);
      }}
    >
      {view.state === 'listening' || view.state === 'opening' || view.state === 'thinking' ? (
        <IconPlayerStopFilled size={28} aria-hidden />
      ) : (
        <IconMicrophone size={32} stroke={2} aria-hidden />
      )}
    </ActionIcon>
  );
}
