import { Select, Textarea } from '@mantine/core';
import { useState } from 'react';
import { useAct } from '../api/act.ts';
import { hub } from '../api/hub.ts';
import { useLoaded } from '../api/loaded.ts';
import type { NewPhrases, PhraseRow, Phrases } from '../api/types.ts';
import { ActDialog } from '../shell/act-dialog.tsx';
import { useWords } from '../words/use-words.tsx';

const questions = ['why', 'status', 'safe', 'howto', 'faults', 'person'] as const;
type Meant = Pick<NewPhrases, 'intent' | 'slots'>;
const keyOf = ({ intent, slots }: Meant) => [intent, slots.observation ?? slots.signal ?? slots.action].filter(Boolean).join(' ');

/** The sentences, one a line, and what they mean; published, every edge understands them. */
export function PhraseDialog({ row, onClose, onChanged }: { row: PhraseRow; onClose: () => void; onChanged: (list: Phrases) => void }) {
  const { w, pick } = useWords();
  const { data } = useLoaded('meanings', hub.meanings);
  const [text, setText] = useState(row.sentences.join('\n'));
  const [meant, setMeant] = useState<string | null>(row.state === 'draft' ? null : keyOf(row));
  const mine = (data?.meanings ?? []).filter(({ family }) => family === row.family);
  const meanings = new Map<string, Meant>([...questions.map((intent) => ({ intent, slots: {} })), ...mine].map((one) => [keyOf(one), one]));
  const sentences = text
    .split('\n')
    .map((line) => line.trim())
    .filter(Boolean);
  const publish = useAct(async () => {
    const meaning = meanings.get(meant ?? '');
    if (!meaning) return;
    const { family, locale } = row;
    onChanged(await hub.publishPhrases(row.id, { family, locale, sentences, intent: meaning.intent, slots: meaning.slots }));
    onClose();
  });
  const group = (intent: 'observe' | 'signal' | 'command') => ({
    group: w.phrases.intents[intent],
    items: mine.filter((one) => one.intent === intent).map((one) => ({ value: keyOf(one), label: pick(one.title) })),
  });
  return (
    <ActDialog
      title={w.phrases.edit}
      hint={w.phrases.hint}
      act={publish}
      button={w.phrases.publish}
      ready={meant !== null && meanings.has(meant) && sentences.length > 0}
      onClose={onClose}
    >
      <Textarea
        label={w.phrases.sentences}
        lang={row.locale === 'zh' ? 'zh-Hans' : 'en'}
        autosize
        minRows={3}
        maxRows={12}
        data-autofocus
        value={text}
        onChange={(event) => setText(event.currentTarget.value)}
      />
      <Select
        label={w.phrases.means}
        searchable
        data={[
          { group: w.phrases.questions, items: questions.map((intent) => ({ value: intent, label: w.phrases.intents[intent] })) },
          ...(['observe', 'signal', 'command'] as const).map(group),
        ]}
        value={meant}
        onChange={setMeant}
      />
    </ActDialog>
  );
}
