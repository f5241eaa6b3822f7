import { Button, Group, Stack, Textarea } from '@mantine/core';
import { useState } from 'react';
import { useAct } from '../api/act.ts';
import { hub } from '../api/hub.ts';
import type { ArticleView } from '../api/types.ts';
import { Dialog } from '../shell/dialog.tsx';
import { Trouble } from '../shell/trouble.tsx';
import { useWords } from '../words/use-words.tsx';

type Props = { article: ArticleView; onClose: () => void; onArticle: (article: ArticleView) => void };

/** What is still wrong with a text, for its writer. */
export function SendBackDialog({ article, onClose, onArticle }: Props) {
  const { w } = useWords();
  const [note, setNote] = useState('');
  const send = useAct(async () => {
    onArticle(await hub.sendBack(article, note));
    onClose();
  });
  return (
    <Dialog onClose={onClose} title={w.editor.sendBack}>
      <Stack gap="md">
        <Textarea
          label={w.editor.whyBack}
          autosize
          minRows={3}
          maxLength={1000}
          data-autofocus
          value={note}
          onChange={(event) => setNote(event.currentTarget.value)}
        />
        <Trouble error={send.error} />
        <Group justify="flex-end" gap="xs">
          <Button size="sm" variant="default" onClick={onClose}>
            {w.shell.cancel}
          </Button>
          <Button size="sm" loading={send.busy} disabled={note.trim() === ''} onClick={() => void send.run()}>
            {w.editor.sendBack}
          </Button>
        </Group>
      </Stack>
    </Dialog>
  );
}
