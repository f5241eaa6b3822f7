import { Button, TextInput } from '@mantine/core';
import { useId, useState } from 'react';
import type { PersonView } from '../api/types.ts';
import { useDetails } from '../detail.tsx';
import { useWords } from '../words/words.tsx';
import styles from './people.module.css';
import { PinPad } from './pin-pad.tsx';
import { usePeople } from './use-people.ts';

/** Somebody new: a name, what they are here, and a PIN if they want one. */
export function NewPerson() {
  const { words } = useWords();
  const { household, people } = usePeople();
  const { back } = useDetails();
  const [name, setName] = useState('');
  const [role, setRole] = useState<PersonView['role']>('member');
  const [pin, setPin] = useState<string>();
  const [wantsPin, setWantsPin] = useState(false);
  const [trouble, setTrouble] = useState('');
  const first = people.length === 0;
  const add = async () => {
    const done = await household.add({ name, role: first ? 'owner' : role, ...(pin === undefined ? {} : { pin }) });
    if (done.kind === 'ok') return back();
    setTrouble(done.kind === 'away' ? words.people.away : done.detail);
  };
  return (
    <form
      className={styles.stack}
      onSubmit={(event) => {
        event.preventDefault();
        void add();
      }}
    >
      <TextInput
        classNames={{ input: styles.input, label: styles.label }}
        label={words.people.name}
        value={name}
        maxLength={40}
        required
        withAsterisk={false}
        autoComplete="off"
        onChange={(event) => setName(event.currentTarget.value)}
      />
      {first ? (
        <p className={styles.note}>{words.people.ownerMeans}</p>
      ) : (
        <>
          <Choice label={words.people.role} value={role} onChange={setRole} options={words.people.roles} />
          <p className={styles.small}>{words.people.roleMeans[role]}</p>
        </>
      )}
      {wantsPin ? (
        <div className={styles.narrow}>
          {pin === undefined ? (
            <PinPad label={words.people.choosePin} least={4} most={8} onDone={setPin} />
          ) : (
            <p className={styles.note}>{words.people.pinChosen}</p>
          )}
        </div>
      ) : (
        <Button className={styles.act} variant="default" onClick={() => setWantsPin(true)}>
          {words.people.withPin}
        </Button>
      )}
      <p className={styles.trouble} role="status">
        {trouble}
      </p>
      <Button className={styles.act} type="submit" disabled={name.trim() === '' || (wantsPin && pin === undefined)}>
        {words.people.addThem}
      </Button>
    </form>
  );
}

/** One of a few, for a finger. */
export function Choice<T extends string>(props: { label: string; value: T; options: Record<T, string>; onChange: (value: T) => void }) {
  const { label, value, options, onChange } = props;
  const name = useId();
  return (
    <fieldset className={styles.choice}>
      <legend className={styles.label}>{label}</legend>
      <div className={styles.segments}>
        {(Object.entries(options) as [T, string][]).map(([key, text]) => (
          <label key={key} className={styles.segment}>
            <input type="radio" name={name} value={key} checked={key === value} onChange={() => onChange(key)} />
            <span>{text}</span>
          </label>
        ))}
      </div>
    </fieldset>
  );
}
