import { ActionIcon, Textarea } from '@mantine/core';
import { IconArrowUp } from '@tabler/icons-react';
import { type FormEvent, type KeyboardEvent, type ReactNode, useState } from 'react';
import { useWords } from '../words/words.tsx';
import styles from './composer.module.css';

/** The longest utterance the edge takes. */
const longest = 2000;

/** Where one types, or speaks while nothing is typed; `moving`: who talks while they drive is offered no typing. What is typed and not sent survives a change of thing or language; Enter sends, Shift+Enter makes a line. */
export function Composer({ onSay, voice, moving }: { onSay: (text: string) => void; voice: ReactNode; moving: boolean }) {
  const { words } = useWords();
  const [text, setText] = useState('');
  const send = (event?: FormEvent) => {
    event?.preventDefault();
    if (!text.trim()) return;
    onSay(text);
    setText('');
  };
  const onKeyDown = (event: KeyboardEvent) => {
    // While a Chinese input method is composing, Enter belongs to it.
    if (event.key === 'Enter' && !event.shiftKey && !event.nativeEvent.isComposing) send(event as unknown as FormEvent);
  };
  return (
    <form className={styles.composer} onSubmit={send}>
      {moving && !text.trim() ? (
        <p className={styles.field}>{words.voice.moving}</p>
      ) : (
        <Textarea
          className={styles.field}
          classNames={{ input: styles.input }}
          aria-label={words.message}
          placeholder={words.messageHint}
          value={text}
          onChange={(event) => setText(event.currentTarget.value)}
          onKeyDown={onKeyDown}
          maxLength={longest}
          autosize
          minRows={1}
          maxRows={4}
          enterKeyHint="send"
        />
      )}
      {text.trim() ? (
        <ActionIcon type="submit" className={styles.send} aria-label={words.send}>
          <IconArrowUp size={30} stroke={2.4} aria-hidden />
        </ActionIcon>
      ) : (
        voice
      )}
    </form>
  );
}
