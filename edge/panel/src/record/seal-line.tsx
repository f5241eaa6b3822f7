import { IconShieldCheck } from '@tabler/icons-react';
import type { ConversationView } from '../conversation/conversation.ts';
import { useDetails } from '../detail.tsx';
import { useWords } from '../words/words.tsx';
import styles from './seal.module.css';

/** That the conversation is recorded; at its end, that it is sealed and can be taken along. */
export function SealLine({ view: { session, lines, handoff } }: { view: ConversationView }) {
  const { words } = useWords();
  const { show } = useDetails();
  if (!session || lines.length === 0) return null;
  const said = lines.findLast((line) => line.by === 'operator')?.intent;
  const ended = said === 'bye' || said === 'thanks' || handoff?.state === 'resolved';
  return (
    <button type="button" className={styles.line} data-ended={ended || undefined} onClick={() => show({ kind: 'seal', session })}>
      <IconShieldCheck size={20} aria-hidden />
      {ended ? words.record.ended : words.record.recorded}
    </button>
  );
}
