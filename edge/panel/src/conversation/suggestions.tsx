import { UnstyledButton } from '@mantine/core';
import { useWords } from '../words/words.tsx';
import cards from './cards.module.css';
import styles from './conversation-log.module.css';

type SuggestionsProps = { title: string | undefined; family: string | undefined; onSay: (text: string) => void };

/** Something to tap for who does not know what to ask. */
export function Suggestions({ title, family, onSay }: SuggestionsProps) {
  const { words } = useWords();
  const suggestions = family === 'vehicle' ? words.suggestions : words.suggestionsElsewhere;
  return (
    <div className={styles.empty}>
      <div>
        {title && <p className={styles.about}>{title}</p>}
        <h2 className={styles.greeting}>{words.greeting}</h2>
      </div>
      <div className={cards.options}>
        {suggestions.map((text) => (
          <UnstyledButton key={text} className={cards.option} onClick={() => onSay(text)}>
            {text}
          </UnstyledButton>
        ))}
      </div>
    </div>
  );
}
