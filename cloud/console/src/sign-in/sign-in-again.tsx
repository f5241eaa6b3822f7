import { Alert, Modal } from '@mantine/core';
import { useEffect } from 'react';
import { useFocusBack } from '../shell/focus-back.ts';
import { useWords } from '../words/use-words.tsx';
import { CompanyButton } from './company-button.tsx';
import { Credentials } from './credentials.tsx';
import { whenSignedInElsewhere } from './elsewhere.ts';
import css from './sign-in.module.css';

/** Whether it stands before the page. The dialogs below it hear Escape at the window, each for itself: whoever listens before they do can keep it from them. */
let stands = false;
addEventListener('keydown', (event) => stands && event.key === 'Escape' && event.stopImmediatePropagation(), { capture: true });

/** Above open dialogs, which Mantine has at 200. */
const above = 1_000;

/**
 * The way in once more, when the hub has ended the session: over the whole page, which nobody may read meanwhile, and which waits below it with
 * all that was being written.
 */
export function SignInAgain({ name, onIn }: { name: string; onIn: () => Promise<void> }) {
  const { w } = useWords();
  useFocusBack();
  useEffect(() => {
    stands = true;
    return () => {
      stands = false;
    };
  }, []);
  useEffect(() => whenSignedInElsewhere(() => void onIn().catch(() => {})), [onIn]);
  return (
    <Modal
      opened
      onClose={() => {}}
      fullScreen
      zIndex={above}
      withCloseButton={false}
      closeOnEscape={false}
      title={w.app.name}
      transitionProps={{ duration: 0 }}
    >
      <div className={css.again}>
        <div className={css.card}>
          <Credentials suggested={name} onIn={onIn}>
            <Alert p="xs" color="gray" role="status">
              {w.signIn.expired}
            </Alert>
          </Credentials>
          <CompanyButton over />
        </div>
      </div>
    </Modal>
  );
}
