import { Text } from '@mantine/core';
import { useEffect } from 'react';
import { useWords } from '../words/use-words.tsx';
import css from './sign-in.module.css';

/** Where a sign-in that was done in a window over the page ends: the page behind goes on, and this window closes itself where the browser lets it. */
export function SignedInPage() {
  const { w } = useWords();
  useEffect(() => close(), []);
  return (
    <main className={css.page}>
      <Text role="status">{w.signIn.done}</Text>
    </main>
  );
}
