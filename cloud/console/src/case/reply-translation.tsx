import { Button, Group } from '@mantine/core';
import { useState } from 'react';
import { hub } from '../api/hub.ts';
import type { Locale, Translation } from '../api/types.ts';
import { useWords } from '../words/use-words.tsx';
import { Translated } from './translated.tsx';
import { localeOf } from './use-translations.ts';

type Props = { caseId: string; to: Locale; text: string; onTake: (text: string) => void };

/** What is being written, in the person's language: shown beside it, taken by a click, then read, changed and sent by a person. */
export function ReplyTranslation({ caseId, to, text, onTake }: Props) {
  const { w } = useWords();
  const [said, setSaid] = useState<{ of: string; got: Translation | 'working' }>();
  const wanted = text.trim();
  if (wanted === '' || localeOf(wanted) === to) return null;
  const ask = async () => {
    setSaid({ of: wanted, got: 'working' });
    const got = await hub.translate(caseId, wanted, to).catch((): Translation => ({ state: 'failed' }));
    setSaid({ of: wanted, got });
  };
  const now = said?.of === wanted ? said.got : undefined;
  return (
    <Group gap={8} align="end" wrap="nowrap" justify="space-between">
      <div>
        <Translated said={now} to={to} onAsk={() => void ask()} onAgain={() => void ask()} />
      </div>
      {now !== undefined && now !== 'working' && now.state === 'done' && (
        <Button size="compact-xs" variant="light" onClick={() => onTake(now.text)}>
          {w.translation.take}
        </Button>
      )}
    </Group>
  );
}
