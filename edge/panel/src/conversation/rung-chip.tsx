import { IconActivityHeartbeat, IconBook2, IconBulb, IconCheck, IconUser } from '@tabler/icons-react';
import type { Rung } from '../api/types.ts';
import { useWords } from '../words/words.tsx';
import styles from './rung-chip.module.css';

const icons = {
  grammar: IconCheck,
  classifier: IconCheck,
  diagnosis: IconActivityHeartbeat,
  knowledge: IconBook2,
  generator: IconBulb,
  human: IconUser,
} satisfies Record<Rung, unknown>;

/** The rung of the ladder that answered, in words. */
export function RungChip({ rung }: { rung: Rung }) {
  const { words } = useWords();
  const Icon = icons[rung];
  return (
    <span className={styles.chip}>
      <Icon size={20} aria-hidden />
      {words.rungs[rung]}
    </span>
  );
}
