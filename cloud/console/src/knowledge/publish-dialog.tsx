import { Button, Group, Modal, Stack, Text } from '@mantine/core';
import { useAct } from '../api/act.ts';
import { hub } from '../api/hub.ts';
import type { ArticleView } from '../api/types.ts';
import { Trouble } from '../shell/trouble.tsx';
import { useWords } from '../words/use-words.tsx';

type Props = {
  act: 'publish' | 'withdraw' | undefined;
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
    <Modal
      opened={act !== undefined}
      onClose={() => {
        confirm.clear();
        onClose();
      }}
      title={withdraw ? w.editor.withdrawTitle : w.editor.publishTitle}
      closeButtonProps={{ 'aria-label': w.shell.close }}
    >
      <Stack gap="md">
        <Text size="sm">{withdraw ? w.editor.withdrawText : w.editor.publishText}</Text>
        {unsaved && (
          <Text size="sm" fw={600}>
            {w.editor.unsavedFirst}
          </Text>
        )}
        <Trouble error={confirm.error} />
        <Group justify="flex-end" gap="xs">
          <Button size="sm" variant="default" onClick={onClose}>
            {w.shell.cancel}
          </Button>
          <Button
            size="sm"
            {...(withdraw ? { color: 'red' } : {})}
            loading={confirm.busy}
            disabled={unsaved}
            onClick={() => void confirm.run()}
            data-autofocus
          >
            {withdraw ? w.editor.withdraw : w.editor.publish}
          </Button>
        </Group>
      </Stack>
    </Modal>
  );
}
