import { Button, Group, Stack, Text } from '@mantine/core';
import type { ReactNode } from 'react';
import type { Act } from '../api/act.ts';
import type { CaseView } from '../api/types.ts';
import { Trouble } from '../shell/trouble.tsx';
import { useWords } from '../words/use-words.tsx';
import { Dialog } from './dialog.tsx';

export type ActDialogProps = { view: CaseView; onClose: () => void; onDone: (view: CaseView) => void };

type Props = { title: string; hint: string; act: Act<[]>; button: string; ready: boolean; onClose: () => void; children?: ReactNode };

/** A question before something is done to a case: what it does, what is to be chosen, and the button that does it. */
export function ActDialog({ title, hint, act, button, ready, onClose, children }: Props) {
  const { w } = useWords();
  return (
    <Dialog onClose={onClose} title={title}>
      <form
        onSubmit={(event) => {
          event.preventDefault();
          if (ready) void act.run();
        }}
      >
        <Stack gap="md">
          <Text size="sm">{hint}</Text>
          {children}
          <Trouble error={act.error} />
          <Group justify="flex-end" gap="xs">
            <Button size="sm" variant="default" onClick={onClose}>
              {w.shell.cancel}
            </Button>
            <Button size="sm" type="submit" loading={act.busy} disabled={!ready}>
              {button}
            </Button>
          </Group>
        </Stack>
      </form>
    </Dialog>
  );
}
