import { Button, Group, Modal, Stack, Text } from '@mantine/core';
import { useWords } from '../words/use-words.tsx';
import css from './knowledge.module.css';
import { linesAgainst } from './text-of.ts';
import type { useDraft } from './use-draft.ts';

/** Two people changed one article: both texts, side by side, and the choice. */
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
          <div className={css.conflict}>
            <Version title={w.editor.theirs} heading={theirs.title} body={theirs.body} against={draft.text.body} />
            <Version title={w.editor.mine} heading={draft.text.title} body={draft.text.body} against={theirs.body} />
          </div>
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

function Version({ title, heading, body, against }: { title: string; heading: string; body: string; against: string }) {
  return (
    <section aria-label={title}>
      <Text size="xs" c="dimmed">
        {title}
      </Text>
      <Text size="sm" fw={600}>
        {heading}
      </Text>
      <div className={css.text}>
        {linesAgainst(body, against).map(({ line, changed }, i) => (
          // biome-ignore lint/suspicious/noArrayIndexKey: a line is its place
          <div key={i} data-changed={changed || undefined}>
            {line || ' '}
          </div>
        ))}
      </div>
    </section>
  );
}
