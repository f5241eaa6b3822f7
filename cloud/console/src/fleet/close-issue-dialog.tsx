import { Textarea } from '@mantine/core';
import { useState } from 'react';
import { useAct } from '../api/act.ts';
import { hub } from '../api/hub.ts';
import type { IssueRow } from '../api/types.ts';
import { ActDialog } from '../shell/act-dialog.tsx';
import { useWords } from '../words/use-words.tsx';

/** What solved a known issue, in both languages: it is said on every panel where the issue was. */
export function CloseIssueDialog({ issue, onClose, onDone }: { issue: IssueRow; onClose: () => void; onDone: () => void }) {
  const { w, pick } = useWords();
  const [en, setEn] = useState('');
  const [zh, setZh] = useState('');
  const close = useAct(async () => {
    await hub.closeIssue(issue.issue, { en, zh });
    onDone();
  });
  const ready = en.trim() !== '' && zh.trim() !== '';
  return (
    <ActDialog
      title={pick(issue.title)}
      hint={w.issues.closeHint}
      act={close}
      button={w.issues.closeButton}
      ready={ready}
      onClose={onClose}
    >
      <Textarea
        label={w.issues.bulletinEn}
        required
        autosize
        minRows={2}
        maxLength={1000}
        data-autofocus
        value={en}
        onChange={(event) => setEn(event.currentTarget.value)}
      />
      <Textarea
        label={w.issues.bulletinZh}
        required
        autosize
        minRows={2}
        maxLength={1000}
        value={zh}
        onChange={(event) => setZh(event.currentTarget.value)}
      />
    </ActDialog>
  );
}
