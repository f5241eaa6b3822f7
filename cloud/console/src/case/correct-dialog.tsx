import { Anchor, Button, Group, Stack, Text, Textarea } from '@mantine/core';
import { useState } from 'react';
import { useAct } from '../api/act.ts';
import { hub } from '../api/hub.ts';
import type { CaseTurn, Locale } from '../api/types.ts';
import { Dialog } from '../shell/dialog.tsx';
import { hashOf } from '../shell/route.ts';
import { Trouble } from '../shell/trouble.tsx';
import { useWords } from '../words/use-words.tsx';

type Props = { caseId: string; turn: CaseTurn; onClose: () => void };

/** What the agent should have said. It becomes a draft article; nobody is told anything. */
export function CorrectDialog({ caseId, turn, onClose }: Props) {
  const { w } = useWords();
  const [text, setText] = useState('');
  const [draft, setDraft] = useState<{ id: string; locale: Locale } | undefined>();
  const correct = useAct(async () => setDraft(await hub.correct(caseId, turn.id, text)));
  return (
    <Dialog onClose={onClose} title={w.correct.title}>
      <Stack gap="md">
        <Text size="sm" c="dimmed" lineClamp={6}>
          {turn.text}
        </Text>
        {draft ? (
          <>
            <Text size="sm" role="status">
              {w.correct.done}
            </Text>
            <Anchor size="sm" href={hashOf({ page: 'article', ...draft })}>
              {w.resolve.open}
            </Anchor>
          </>
        ) : (
          <>
            <Textarea
              label={w.correct.text}
              description={w.correct.hint}
              autosize
              minRows={4}
              maxRows={12}
              maxLength={8000}
              data-autofocus
              value={text}
              onChange={(event) => setText(event.currentTarget.value)}
            />
            <Trouble error={correct.error} />
            <Group justify="flex-end" gap="xs">
              <Button size="sm" variant="default" onClick={onClose}>
                {w.shell.cancel}
              </Button>
              <Button size="sm" loading={correct.busy} disabled={text.trim() === ''} onClick={() => void correct.run()}>
                {w.correct.button}
              </Button>
            </Group>
          </>
        )}
      </Stack>
    </Dialog>
  );
}
