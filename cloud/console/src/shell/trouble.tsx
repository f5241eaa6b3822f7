import { Alert, Button, Group } from '@mantine/core';
import { IconAlertTriangle } from '@tabler/icons-react';
import type { HubError } from '../api/problem.ts';
import { sayTrouble } from '../words/say-trouble.ts';
import { useWords } from '../words/use-words.tsx';

/** Asking again changes nothing about these. */
const settled = new Set(['not-found', 'forbidden']);

/** What went wrong, in a sentence, with the way out when there is one. */
export function Trouble({ error, onRetry, m }: { error: HubError | undefined; onRetry?: () => void; m?: string }) {
  const { w } = useWords();
  if (error === undefined) return null;
  return (
    <Alert color="red" variant="light" role="alert" p="xs" {...(m ? { m } : {})} icon={<IconAlertTriangle size={16} aria-hidden />}>
      <Group gap="sm" justify="space-between" wrap="nowrap">
        <span>{sayTrouble(error, w)}</span>
        {onRetry && !settled.has(error.code) && (
          <Button variant="default" onClick={onRetry} style={{ flexShrink: 0 }}>
            {w.shell.retry}
          </Button>
        )}
      </Group>
    </Alert>
  );
}
