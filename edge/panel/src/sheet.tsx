import { ActionIcon } from '@mantine/core';
import { IconArrowLeft, IconX } from '@tabler/icons-react';
import { type ReactNode, useEffect, useRef } from 'react';
import { useDetails } from './detail.tsx';
import styles from './sheet.module.css';
import { useWords } from './words/words.tsx';

/**
 * What was opened, beside the conversation or over it. It is no modal: *Talk to a person* stays on the screen and can be hit.
 * Focus goes in when it opens and back to where it came from when it closes; Escape closes it.
 */
export function Sheet({ title, id, children }: { title: string; id: string; children: ReactNode }) {
  const { words } = useWords();
  const { depth, back, close } = useDetails();
  const heading = useRef<HTMLHeadingElement>(null);
  const body = useRef<HTMLDivElement>(null);

  useEffect(() => {
    const before = document.activeElement;
    return () => {
      if (before instanceof HTMLElement && before.isConnected) before.focus({ preventScroll: true });
    };
  }, []);

  // biome-ignore lint/correctness/useExhaustiveDependencies: another thing opened is read from its beginning.
  useEffect(() => {
    heading.current?.focus({ preventScroll: true });
    body.current?.scrollTo({ top: 0 });
  }, [id]);

  return (
    <div
      className={styles.sheet}
      role="dialog"
      aria-modal="false"
      aria-label={title}
      onKeyDown={(event) => event.key === 'Escape' && close()}
    >
      <header className={styles.head}>
        {depth > 1 && (
          <ActionIcon className={styles.button} variant="subtle" onClick={back} aria-label={words.back}>
            <IconArrowLeft size={30} aria-hidden />
          </ActionIcon>
        )}
        <h2 ref={heading} tabIndex={-1} className={styles.title}>
          {title}
        </h2>
        <ActionIcon className={styles.button} variant="subtle" onClick={close} aria-label={words.close}>
          <IconX size={30} aria-hidden />
        </ActionIcon>
      </header>
      {/* biome-ignore lint/a11y/noNoninteractiveTabindex: a scrolling region must be reachable by keyboard (WCAG 2.1.1) */}
      <div ref={body} className={styles.body} tabIndex={0}>
        {children}
      </div>
    </div>
  );
}
