import { Text } from '@mantine/core';
import { createContext, type ReactNode, useCallback, useContext, useRef, useState } from 'react';
import { HubError } from '../api/problem.ts';
import { Dialog } from '../shell/dialog.tsx';
import { Credentials } from '../sign-in/credentials.tsx';
import { useWords } from '../words/use-words.tsx';

type Run = (act: () => Promise<void>) => Promise<void>;

const FreshContext = createContext<Run>((act) => act());

/** Does what the hub lets only somebody do who signed in a moment ago: asks them to, when they did not, and does it then. */
export const useFresh = (): Run => useContext(FreshContext);

/** Asks whoever is signed in to show once more who they are. */
export function Fresh({ name, children }: { name: string; children: ReactNode }) {
  const { w } = useWords();
  const [asking, setAsking] = useState(false);
  const answer = useRef<(isIn: boolean) => void>(() => {});
  const settle = (isIn: boolean) => {
    setAsking(false);
    answer.current(isIn);
  };

  const run = useCallback<Run>(async (act) => {
    try {
      await act();
    } catch (error) {
      if (!(error instanceof HubError) || error.status !== 401) throw error;
      const isIn = await new Promise<boolean>((resolve) => {
        answer.current = resolve;
        setAsking(true);
      });
      if (!isIn) throw error;
      await act();
    }
  }, []);

  return (
    <FreshContext value={run}>
      {children}
      {asking && (
        <Dialog onClose={() => settle(false)} title={w.account.again}>
          <Credentials whose={name} onIn={async () => settle(true)}>
            <Text size="sm">{w.account.againHint}</Text>
          </Credentials>
        </Dialog>
      )}
    </FreshContext>
  );
}
