import { UnstyledButton } from '@mantine/core';
import { useDetails } from '../detail.tsx';
import { useWords } from '../words/words.tsx';
import { Face } from './face.tsx';
import styles from './people.module.css';
import { usePeople } from './use-people.ts';

/** Who this screen speaks for; a tap chooses somebody else. */
export function WhoButton() {
  const { words } = useWords();
  const { me } = usePeople();
  const { show } = useDetails();
  if (!me) return null;
  const guest = me.standing === 'guest';
  const name = me.name ?? (guest ? words.people.guest : words.people.nobody);
  return (
    <UnstyledButton className={styles.who} onClick={() => show({ kind: 'who' })} aria-label={words.people.whoIs(name)}>
      <Face name={me.name} guest={guest} />
      <span className={styles.whoName}>{name}</span>
    </UnstyledButton>
  );
}
