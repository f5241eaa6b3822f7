import { Modal, type ModalProps } from '@mantine/core';
import type { ReactNode } from 'react';
import { useWords } from '../words/use-words.tsx';
import { useFocusBack } from './focus-back.ts';

type Props = { title: ReactNode; onClose: () => void; children: ReactNode } & Pick<ModalProps, 'size' | 'closeOnClickOutside'>;

/** Something that is there only while it is asked. */
export function Dialog({ title, onClose, children, ...look }: Props) {
  const { w } = useWords();
  useFocusBack();
  return (
    <Modal opened onClose={onClose} title={title} closeButtonProps={{ 'aria-label': w.shell.close }} {...look}>
      {children}
    </Modal>
  );
}
