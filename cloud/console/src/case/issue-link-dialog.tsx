import { Radio, Stack, Text } from '@mantine/core';
import { useState } from 'react';
import { useAct } from '../api/act.ts';
import { hub } from '../api/hub.ts';
import { ActDialog, type ActDialogProps } from '../shell/act-dialog.tsx';
import { useWords } from '../words/use-words.tsx';

const none = '';

/** Which known issue the case belongs to, of those about its machine. */
export function IssueLinkDialog({ view, onClose, onDone }: ActDialogProps) {
  const { w, pick } = useWords();
  const [issue, setIssue] = useState(view.issue ?? view.issues[0]?.issue ?? none);
  const link = useAct(async () => onDone(await hub.linkIssue(view.id, issue === none ? null : issue)));
  return (
    <ActDialog
      title={w.acts.issue}
      hint={w.issueLink.hint}
      act={link}
      button={w.issueLink.button}
      ready={issue !== (view.issue ?? none)}
      onClose={onClose}
    >
      {view.issues.length === 0 && <Text size="sm">{w.issueLink.nothing}</Text>}
      {view.issues.length > 0 && (
        <Radio.Group label={w.issues.title} value={issue} onChange={setIssue}>
          <Stack gap={6} mt={6}>
            {view.issues.map((each) => (
              <Radio key={each.issue} size="sm" value={each.issue} label={pick(each.title)} />
            ))}
            <Radio size="sm" value={none} label={w.issueLink.none} />
          </Stack>
        </Radio.Group>
      )}
    </ActDialog>
  );
}
