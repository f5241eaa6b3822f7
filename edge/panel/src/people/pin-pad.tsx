import { UnstyledButton, VisuallyHidden } from '@mantine/core';
import { IconBackspace, IconCheck } from '@tabler/icons-react';
import { type KeyboardEvent, useEffect, useRef, useState } from 'react';
import { useWords } from '../words/words.tsx';
import styles from './people.module.css';
import { spaced } from './spaced.ts';

type Props = {
  /** What is typed, said above it. */
  label: string;
  least: number;
  most: number;
  /** Shown as dots, or as it is. */
  hidden?: boolean;
  disabled?: boolean;
  onDone: (digits: string) => void;
};

/** Digits for a finger at arm's length; a keyboard types them as well. */
export function PinPad({ label, least, most, hidden = false, disabled = false, onDone }: Props) {
  const { words } = useWords();
  const [digits, setDigits] = useState('');
  const pad = useRef<HTMLDivElement>(null);
  // Opened at the end of a long page it would stand below what is seen.
  useEffect(() => {
    // Newer browsers give a promise back, which is not for React.
    void pad.current?.scrollIntoView({ block: 'nearest' });
  }, []);
  const ready = digits.length >= least && !disabled;
  const add = (digit: string) => setDigits((now) => (now.length < most ? now + digit : now));
  const back = () => setDigits((now) => now.slice(0, -1));
  const done = () => {
    if (!ready) return;
    onDone(digits);
    setDigits('');
  };
  const onKeyDown = (event: KeyboardEvent) => {
    if (/^\d$/.test(event.key)) add(event.key);
    else if (event.key === 'Backspace') back();
    else if (event.key === 'Enter' && event.target === event.currentTarget) done();
    else return;
    event.stopPropagation();
  };
  return (
    // biome-ignore lint/a11y/noNoninteractiveTabindex: digits may be typed as well as tapped
    // biome-ignore lint/a11y/useSemanticElements: a fieldset would bring a frame of its own
    <div ref={pad} className={styles.pad} role="group" aria-label={label} tabIndex={0} onKeyDown={onKeyDown}>
      <p className={styles.typed} aria-hidden="true">
        {digits === '' ? <span className={styles.small}>{label}</span> : hidden ? '•'.repeat(digits.length) : spaced(digits)}
      </p>
      <VisuallyHidden aria-live="polite">{words.people.digitsTyped(digits.length)}</VisuallyHidden>
      <div className={styles.keys}>
        {['1', '2', '3', '4', '5', '6', '7', '8', '9'].map((digit) => (
          <Key key={digit} onPress={() => add(digit)} disabled={disabled}>
            {digit}
          </Key>
        ))}
        <Key onPress={back} label={words.people.rubOut} disabled={disabled}>
          <IconBackspace size={30} aria-hidden />
        </Key>
        <Key onPress={() => add('0')} disabled={disabled}>
          0
        </Key>
        <Key onPress={done} label={words.people.ok} disabled={!ready} main>
          <IconCheck size={30} stroke={2.4} aria-hidden />
        </Key>
      </div>
    </div>
  );
}

function Key(props: { children: React.ReactNode; onPress: () => void; label?: string; disabled?: boolean; main?: boolean }) {
  const { children, onPress, label, disabled = false, main } = props;
  return (
    <UnstyledButton className={styles.key} data-main={main} data-card onClick={onPress} aria-label={label} disabled={disabled}>
      {children}
    </UnstyledButton>
  );
}
