import { Text } from '@mantine/core';
import { useAct } from '../api/act.ts';
import { hub } from '../api/hub.ts';
import type { ArticleView } from '../api/types.ts';
import { ActDialog } from '../shell/act-dialog.tsx';
import { useWords } from '../words/use-words.tsx';

type Props = {
  act: 'publish' | 'withdraw';
  article: ArticleView;
  unsaved: boolean;
  onClose: () => void;
  onArticle: (article: ArticleView) => void;
};

/** Asks before what reaches every edge, and says what will happen. */
export function PublishDialog({ act, article, unsaved, onClose, onArticle }: Props) {
  const { w } = useWords();
  const withdraw = act === 'withdraw';
  const confirm = useAct(async () => {
    onArticle(await (withdraw ? hub.withdraw : hub.publish)(article));
    onClose();
  });
  return (
    <ActDialog
      title={withdraw ? w.editor.withdrawTitle : w.editor.publishTitle}
      hint={withdraw ? w.editor.withdrawText : w.editor.publishText}
      act={confirm}
      button={withdraw ? w.editor.withdraw : w.editor.publish}
      ready={!unsaved}
      danger={withdraw}
      onClose={onClose}
    >
      {unsaved && (
        <Text size="sm" fw={600}>
          {w.editor.unsavedFirst}
        </Text>
      )}
    </ActDialog>
  );
}
