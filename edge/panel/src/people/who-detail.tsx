import { Button, UnstyledButton } from '@mantine/core';
import {
  IconChevronRight,
  IconHistory,
  IconLink,
  IconLogout,
  IconMicrophone,
  IconSettings,
  IconUserPlus,
  IconUsers,
} from '@tabler/icons-react';
import type { ReactNode } from 'react';
import type { PersonView } from '../api/types.ts';
import { type Detail, useDetails } from '../detail.tsx';
import { useWords } from '../words/words.tsx';
import { Face } from './face.tsx';
import styles from './people.module.css';
import { usePeople } from './use-people.ts';

/** Everybody who is known here, to be chosen with one tap; and what is mine, when I am one of them. */
export function WhoDetail() {
  const { words } = useWords();
  const { household, me, people } = usePeople();
  const { open, close } = useDetails();
  if (!me) return <p>{words.statusUnknown}</p>;
  const guest = me.standing === 'guest';

  const choose = async (person: PersonView) => {
    if (person.person === me.person) return close();
    if (person.hasPin) return open({ kind: 'pin', person: person.person });
    const done = await household.enter(person.person);
    if (done.kind === 'ok') close();
  };
  return (
    <div className={styles.stack}>
      {guest && <p className={styles.note}>{words.people.guestNow}</p>}
      {people.length === 0 && <p className={styles.note}>{words.people.firstOne}</p>}
      {!guest && !me.name && <p className={styles.note}>{me.keptHere ? words.people.nobodyHere : words.people.nobodyGoes}</p>}
      <ul className={styles.tiles}>
        {people.map((person) => (
          <li key={person.person}>
            <UnstyledButton
              className={styles.tile}
              aria-pressed={person.person === me.person}
              data-card
              onClick={() => void choose(person)}
            >
              <Face name={person.name} size={64} />
              <span className={styles.tileName}>{person.name}</span>
              <span className={styles.small}>
                {person.person === me.person ? words.people.itsYou : words.people.roles[person.role]}
                {person.hasPin && person.person !== me.person ? ` · ${words.people.pin}` : ''}
              </span>
            </UnstyledButton>
          </li>
        ))}
        <li>
          <UnstyledButton className={styles.tile} aria-pressed={guest} data-card onClick={() => (guest ? close() : void household.guest())}>
            <Face guest size={64} />
            <span className={styles.tileName}>{words.people.guest}</span>
            <span className={styles.small}>{words.people.guestMeans}</span>
          </UnstyledButton>
        </li>
      </ul>
      <div className={styles.acts}>
        {me.manages && (
          <Button className={styles.act} leftSection={<IconUserPlus size={26} aria-hidden />} onClick={() => open({ kind: 'new-person' })}>
            {people.length === 0 ? words.people.addFirst : words.people.add}
          </Button>
        )}
        {(me.manages || me.name) && (
          <Button
            className={styles.act}
            variant="default"
            leftSection={<IconLink size={26} aria-hidden />}
            onClick={() => open({ kind: 'join' })}
          >
            {words.people.join}
          </Button>
        )}
        {(me.name !== undefined || guest) && (
          <Button
            className={styles.act}
            variant="default"
            leftSection={<IconLogout size={26} aria-hidden />}
            onClick={() => void household.leave().then(close)}
          >
            {guest ? words.people.guestLeaves : words.people.leave}
          </Button>
        )}
      </div>
      <ul className={styles.rows}>
        {me.name && <Row icon={<IconSettings size={28} aria-hidden />} title={words.people.settings} to={{ kind: 'me' }} />}
        <Row icon={<IconMicrophone size={28} aria-hidden />} title={words.voice.title} to={{ kind: 'voice' }} />
        {me.name && <Row icon={<IconHistory size={28} aria-hidden />} title={words.people.past} to={{ kind: 'past' }} />}
        {me.name && me.manages && people.length > 1 && (
          <Row icon={<IconUsers size={28} aria-hidden />} title={words.people.manage} to={{ kind: 'manage' }} />
        )}
      </ul>
    </div>
  );
}

function Row({ icon, title, to }: { icon: ReactNode; title: string; to: Detail }) {
  const { open } = useDetails();
  return (
    <li>
      <UnstyledButton className={styles.row} data-card onClick={() => open(to)}>
        {icon}
        <span className={styles.grow}>{title}</span>
        <IconChevronRight size={24} aria-hidden />
      </UnstyledButton>
    </li>
  );
}
