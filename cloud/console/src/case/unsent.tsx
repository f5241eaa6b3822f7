import { Button, CopyButton, Group, Textarea } from '@mantine/core';
import { useState } from 'react';
import { keep, keptReply, replyKey } from '../shell/kept.ts';
import { useWords } from '../words/use-words.tsx';
import css from './conversation.module.css';

/** What somebody was writing when the case was taken, merged or resolved by another: theirs to copy, or to throw away. */
export function Unsent({ caseId }: { caseId: string }) {
  const { w } = useWords();
  const [text, setText] = useState(() => keptReply(caseId));
  if (text.trim() === '') return null;
  return (
    <div className={css.reply}>
      <Textarea label={w.case.unsent} readOnly autosize minRows={2} maxRows={6} value={text} />
      <Group justify="flex-end" gap="xs">
        <Button
          size="compact-sm"
          variant="default"
          onClick={() => {
            keep(replyKey(caseId), '');
            setText('');
          }}
        >
          {w.case.throwAway}
        </Button>
        <CopyButton value={text}>
          {({ copied, copy }) => (
            <Button size="compact-sm" onClick={copy}>
              {copied ? w.phone.copied : w.case.copyUnsent}
            </Button>
          )}
        </CopyButton>
      </Group>
    </div>
  );
}
