import { Button } from '@mantine/core';
import { Component, type ReactNode } from 'react';
import { useWords } from '../words/words.tsx';
import styles from './open-link.module.css';

function Notice() {
  const { words } = useWords();
  return (
    <div className={styles.page} role="alert">
      <p>{words.broken}</p>
      <Button className={styles.again} onClick={() => location.reload()}>
        {words.reload}
      </Button>
    </div>
  );
}

/** Keeps a fault of ours where it is: what stands around this part goes on working, *Talk to a person* above all. */
export class Broken extends Component<{ children: ReactNode }, { failed: boolean }> {
  override state = { failed: false };

  static getDerivedStateFromError() {
    return { failed: true };
  }

  override render() {
    return this.state.failed ? <Notice /> : this.props.children;
  }
}
