import { Textarea } from '@mantine/core';
import { useState } from 'react';
import { useAct } from '../api/act.ts';
import { hub } from '../api/hub.ts';
import type { ArticleView } from '../api/types.ts';
import { ActDialog } from '../shell/act-dialog.tsx';
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
    <ActDialog title={w.editor.sendBack} act={send} button={w.editor.sendBack} ready={note.trim() !== ''} onClose={onClose}>
      <Textarea
        label={w.editor.whyBack}
        autosize
        minRows={3}
        maxLength={1000}
        data-autofocus
        value={note}
        onChange={(event) => setNote(event.currentTarget.value)}
      />
    </ActDialog>
  );
}
