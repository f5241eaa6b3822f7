import type { ThingView } from '../api/types.ts';
import { useReach } from '../panel.tsx';
import { useWords } from '../words/words.tsx';
import styles from './presence.module.css';

/** Whether a machine is there, in a word and a dot: full, hollow or dashed, not by colour alone. While the edge does not answer nobody knows. */
export function Presence({ thing: { presence, lastSeen } }: { thing: Pick<ThingView, 'presence' | 'lastSeen'> }) {
  const { words, time } = useWords();
  const now = useReach().edge === 'lost' ? 'unknown' : presence;
  return (
    <span className={styles.presence} data-presence={now}>
      <span className={styles.dot} />
      {words.presence[now]}
      {now !== 'online' && lastSeen !== null && ` · ${words.lastSeen(time(lastSeen))}`}
    </span>
  );
}
