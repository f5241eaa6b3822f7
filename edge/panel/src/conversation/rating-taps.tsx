import { Button, Group } from '@mantine/core';
import { IconThumbDown, IconThumbUp } from '@tabler/icons-react';
import type { HandoffStatus } from '../api/types.ts';
import { useWords } from '../words/words.tsx';
import styles from './person-dock.module.css';

export type Rating = 'good' | 'bad' | 'no';

/** How it was, in one tap, once: asked when a technician has resolved it, and never again once it was answered or waved away. */
export function RatingTaps({ rated, onRate }: { rated: HandoffStatus['rated']; onRate: (rating: Rating) => void }) {
  const { words } = useWords();
  const { ask, good, bad, skip, thanks } = words.rating;
  if (rated === 'good' || rated === 'bad') return <p className={styles.why}>{thanks}</p>;
  if (rated) return null;
  return (
    <fieldset className={styles.rating}>
      <legend className={styles.why}>{ask}</legend>
      <Group gap="xs" mt={6}>
        <Button variant="default" leftSection={<IconThumbUp size={20} aria-hidden />} onClick={() => onRate('good')}>
          {good}
        </Button>
        <Button variant="default" leftSection={<IconThumbDown size={20} aria-hidden />} onClick={() => onRate('bad')}>
          {bad}
        </Button>
        <Button variant="subtle" onClick={() => onRate('no')}>
          {skip}
        </Button>
      </Group>
    </fieldset>
  );
}
