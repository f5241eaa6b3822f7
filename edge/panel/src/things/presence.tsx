import type { ThingView } from '../api/types.ts';
import { useWords } from '../words/words.tsx';
import styles from './presence.module.css';

/** Whether a machine is there, in a word and a dot: full, hollow or dashed, not by colour alone. */
export function Presence({ thing: { presence, lastSeen } }: { thing: Pick<ThingView, 'presence' | 'lastSeen'> }) {
  const { words, time } = useWords();
  return (
    <span className={styles.presence} data-presence={presence}>
      <span className={styles.dot} />
      {words.presence[presence]}
      {presence !== 'online' && lastSeen !== null && ` · ${words.lastSeen(time(lastSeen))}`}
    </span>
  );
}
