import { CloseButton, Loader, TextInput } from '@mantine/core';
import { IconSearch } from '@tabler/icons-react';
import type { RefObject } from 'react';
import { useWords } from '../words/use-words.tsx';
import css from './queue.module.css';

type Props = {
  field: RefObject<HTMLInputElement | null>;
  words: string;
  /** The hub has not answered yet. */
  busy: boolean;
  onWords: (words: string) => void;
  /** On to what was found. */
  onDown: () => void;
};

/** Where one types what a case is found by. Down or Enter goes on to what was found; Escape clears it, and then leaves it. */
export function QueueSearch({ field, words, busy, onWords, onDown }: Props) {
  const { w } = useWords();
  return (
    <TextInput
      ref={field}
      className={css.find}
      role="searchbox"
      aria-label={w.queue.find}
      aria-busy={busy}
      placeholder={w.queue.find}
      maxLength={200}
      leftSection={<IconSearch size={15} aria-hidden />}
      rightSection={
        busy ? (
          <Loader size={14} aria-label={w.queue.searching} />
        ) : (
          words !== '' && (
            <CloseButton
              size="sm"
              aria-label={w.queue.clear}
              onClick={() => {
                onWords('');
                field.current?.focus();
              }}
            />
          )
        )
      }
      value={words}
      onChange={(event) => onWords(event.currentTarget.value)}
      onKeyDown={(event) => {
        // What is being composed, as Chinese is, takes these keys itself.
        if (event.nativeEvent.isComposing) return;
        if (event.key === 'ArrowDown' || event.key === 'Enter') {
          event.preventDefault();
          onDown();
        }
        if (event.key === 'Escape') {
          if (words === '') event.currentTarget.blur();
          else onWords('');
        }
      }}
    />
  );
}
