import { Group, Kbd, Modal, Stack, Text } from '@mantine/core';
import { useWords } from '../words/use-words.tsx';

const rows = [
  ['next', 'j'],
  ['previous', 'k'],
  ['open', 'Enter'],
  ['reply', 'r'],
  ['send', 'Ctrl + Enter'],
  ['claim', 'c'],
  ['take', 'n'],
  ['back', 'u'],
  ['search', '/'],
  ['help', '?'],
] as const;

export function KeysHelp({ opened, onClose }: { opened: boolean; onClose: () => void }) {
  const { w } = useWords();
  return (
    <Modal opened={opened} onClose={onClose} title={w.keys.title} size="xs" closeButtonProps={{ 'aria-label': w.shell.close }}>
      <Stack gap={8}>
        {rows.map(([act, key]) => (
          <Group key={act} justify="space-between">
            <Text size="sm">{w.keys[act]}</Text>
            <Kbd>{key}</Kbd>
          </Group>
        ))}
      </Stack>
    </Modal>
  );
}
