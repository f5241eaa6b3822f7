import { Button, Group, Modal, Stack, Text } from '@mantine/core';
import { useWords } from '../words/use-words.tsx';
import { TextDiff } from './text-diff.tsx';
import type { useDraft } from './use-draft.ts';

/** Two people changed one article: what they have that one has not, the other way round, and the choice. */
export function ConflictDialog({ draft }: { draft: ReturnType<typeof useDraft> }) {
  const { w } = useWords();
  const theirs = draft.conflict;
  return (
    <Modal
      opened={theirs !== undefined}
      onClose={draft.goOn}
      title={w.editor.conflictTitle}
      size="xl"
      closeButtonProps={{ 'aria-label': w.shell.close }}
    >
      {theirs && (
        <Stack gap="md">
          <Text size="sm">{w.editor.conflictText(theirs.by, theirs.version)}</Text>
          <TextDiff before={`# ${theirs.title}\n\n${theirs.body}`} after={`# ${draft.text.title}\n\n${draft.text.body}`} />
          <Group justify="flex-end" gap="xs">
            <Button size="sm" variant="default" onClick={draft.takeTheirs}>
              {w.editor.takeTheirs}
            </Button>
            <Button size="sm" variant="default" onClick={draft.goOn}>
              {w.editor.goOn}
            </Button>
            <Button size="sm" loading={draft.save.busy} onClick={() => void draft.save.run(theirs.version)}>
              {w.editor.keepMine}
            </Button>
          </Group>
        </Stack>
      )}
    </Modal>
  );
}
