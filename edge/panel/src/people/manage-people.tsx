import { Button } from '@mantine/core';
import { useState } from 'react';
import type { PersonView } from '../api/types.ts';
import { useWords } from '../words/words.tsx';
import { Face } from './face.tsx';
import { Choice } from './new-person.tsx';
import styles from './people.module.css';
import { usePeople } from './use-people.ts';

/** For the owner: what each of the others may, a forgotten PIN, and who is no longer here. */
export function ManagePeople() {
  const { people, me } = usePeople();
  return (
    <ul className={styles.rows}>
      {people
        .filter(({ person }) => person !== me?.person)
        .map((person) => (
          <One key={person.person} one={person} />
        ))}
    </ul>
  );
}

function One({ one }: { one: PersonView }) {
  const { words } = useWords();
  const { household } = usePeople();
  const [sure, setSure] = useState(false);
  const [trouble, setTrouble] = useState('');
  const tell = (done: { kind: string; detail?: string }) => setTrouble(done.kind === 'ok' ? '' : (done.detail ?? words.people.away));
  return (
    <li className={styles.managed} data-card>
      <div className={styles.whose}>
        <Face name={one.name} size={48} />
        <b>{one.name}</b>
      </div>
      <Choice
        label={words.people.role}
        value={one.role}
        options={words.people.roles}
        onChange={(role) => void household.change(one.person, { role }).then(tell)}
      />
      <p className={styles.trouble} role="status">
        {trouble}
      </p>
      <div className={styles.acts}>
        {one.hasPin && (
          <Button className={styles.act} variant="default" onClick={() => void household.change(one.person, { pin: null }).then(tell)}>
            {words.people.noPin}
          </Button>
        )}
        <Button
          className={styles.act}
          variant="default"
          data-danger
          onClick={() => (sure ? void household.remove(one.person).then(tell) : setSure(true))}
        >
          {sure ? words.people.eraseSure : words.people.removeThem(one.name)}
        </Button>
      </div>
    </li>
  );
}
