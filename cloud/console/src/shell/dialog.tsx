import { Modal, type ModalProps } from '@mantine/core';
import { type ReactNode, useEffect, useState } from 'react';
import { useWords } from '../words/use-words.tsx';

type Props = { title: ReactNode; onClose: () => void; children: ReactNode } & Pick<ModalProps, 'size'>;

/**
 * Something that is there only while it is asked: when it goes, whoever works by keyboard is back where they opened it (WCAG 2.2, 2.4.3).
 * A `Modal` gives the focus back only when it is closed, not when it is taken away.
 */
export function Dialog({ title, onClose, children, ...look }: Props) {
  const { w } = useWords();
  const [before] = useState(() => document.activeElement);
  useEffect(() => () => void (before instanceof HTMLElement && before.focus()), [before]);
  return (
    <Modal opened onClose={onClose} title={title} closeButtonProps={{ 'aria-label': w.shell.close }} {...look}>
      {children}
    </Modal>
  );
}
