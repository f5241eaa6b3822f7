import { Button, Group, type ModalProps, Stack, Text } from '@mantine/core';
import type { ReactNode } from 'react';
import type { Act } from '../api/act.ts';
import type { CaseView } from '../api/types.ts';
import { Trouble } from '../shell/trouble.tsx';
import { useWords } from '../words/use-words.tsx';
import { Dialog } from './dialog.tsx';

export type ActDialogProps = { view: CaseView; onClose: () => void; onDone: (view: CaseView) => void };

type Props = {
  title: string;
  /** What the act does, where the title does not say. */
  hint?: ReactNode;
  act: Act<[]>;
  button: string;
  ready: boolean;
  /** There is nothing left to do but to read what came of it. */
  done?: boolean;
  /** Takes away what others have. */
  danger?: boolean;
  onClose: () => void;
  children?: ReactNode;
} & Pick<ModalProps, 'size'>;

/** A question before something is done: what it does, what is to be chosen, and the button that does it. */
export function ActDialog({ title, hint, act, button, ready, done = false, danger = false, onClose, children, size }: Props) {
  const { w } = useWords();
  return (
    // A click beside it throws away nothing that was typed.
    <Dialog onClose={onClose} title={title} closeOnClickOutside={children === undefined} {...(size ? { size } : {})}>
      <form
        onSubmit={(event) => {
          event.preventDefault();
          if (ready) void act.run();
        }}
      >
        <Stack gap="md">
          {hint && <Text size="sm">{hint}</Text>}
          {children}
          <Trouble error={act.error} />
          <Group justify="flex-end" gap="xs">
            <Button size="sm" variant="default" onClick={onClose}>
              {done ? w.shell.close : w.shell.cancel}
            </Button>
            {!done && (
              <Button size="sm" type="submit" loading={act.busy} disabled={!ready} {...(danger ? { color: 'red.9' } : {})}>
                {button}
              </Button>
            )}
          </Group>
        </Stack>
      </form>
    </Dialog>
  );
}
