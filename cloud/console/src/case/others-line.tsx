import { IconPencil, IconUsers } from '@tabler/icons-react';
import type { Attendant } from '../api/types.ts';
import { useWords } from '../words/use-words.tsx';
import css from './conversation.module.css';

/** Which colleagues have this case open too, and who of them is writing now. */
export function OthersLine({ others }: { others: Attendant[] }) {
  const { w } = useWords();
  const writing = others.filter(({ writes }) => writes);
  const looking = others.filter(({ writes }) => !writes);
  return (
    <div className={css.others} role="status">
      {writing.length > 0 && (
        <span>
          <IconPencil size={14} aria-hidden /> {w.case.writing(writing.map(({ name }) => name))}
        </span>
      )}
      {looking.length > 0 && (
        <span>
          <IconUsers size={14} aria-hidden /> {w.case.looking(looking.map(({ name }) => name))}
        </span>
      )}
    </div>
  );
}
