import { IconKey } from '@tabler/icons-react';
import { useWords } from '../words/words.tsx';
import styles from './open-link.module.css';

/** All that someone sees who has not come in by the link. */
export function OpenLink() {
  const { words } = useWords();
  return (
    <main className={styles.page}>
      <IconKey size={64} stroke={1.4} aria-hidden />
      <h1>{words.openLink}</h1>
      <p>{words.openLinkWhy}</p>
    </main>
  );
}
