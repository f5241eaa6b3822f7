import { Button } from '@mantine/core';
import { IconPlus } from '@tabler/icons-react';
import { useState } from 'react';
import { useMay } from '../sign-in/may.ts';
import { useWords } from '../words/use-words.tsx';
import { LetInDialog } from './let-in-dialog.tsx';

/** For who may let edges in; nothing for the others. */
export function LetInButton() {
  const { w } = useWords();
  const may = useMay('edge:manage');
  const [asking, setAsking] = useState(false);
  if (!may) return null;
  return (
    <>
      <Button size="sm" variant="default" leftSection={<IconPlus size={16} aria-hidden />} onClick={() => setAsking(true)}>
        {w.fleet.letIn}
      </Button>
      {asking && <LetInDialog onClose={() => setAsking(false)} />}
    </>
  );
}
