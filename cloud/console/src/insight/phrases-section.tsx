import { Button } from '@mantine/core';
import { useState } from 'react';
import { useAct } from '../api/act.ts';
import { hub } from '../api/hub.ts';
import { useLoaded } from '../api/loaded.ts';
import type { PhraseRow, Phrases } from '../api/types.ts';
import { Tag } from '../shell/tag.tsx';
import { Trouble } from '../shell/trouble.tsx';
import { useMay } from '../sign-in/may.ts';
import { useNames } from '../words/use-names.tsx';
import { useWords } from '../words/use-words.tsx';
import css from './insight.module.css';
import { PhraseDialog } from './phrase-dialog.tsx';

/** What the edges were taught to understand, and a way to take each back. */
export function PhrasesSection({ drafted, onSettled }: { drafted: string | undefined; onSettled: () => void }) {
  const { w } = useWords();
  const { data, error, reload, set } = useLoaded('phrases', hub.phrases);
  const [opened, setOpened] = useState<string | undefined>();
  const shown = data?.phrases.find(({ id }) => id === (opened ?? drafted));
  const close = () => {
    setOpened(undefined);
    onSettled();
  };
  // A draft that has just been made is not in the list yet.
  if (drafted && data && !data.phrases.some(({ id }) => id === drafted)) reload();
  return (
    <section className={`${css.bars} ${css.whole}`} aria-labelledby="phrases-title">
      <h2 id="phrases-title">{w.phrases.title}</h2>
      <Trouble error={error} onRetry={reload} />
      {data?.phrases.length === 0 && <p>{w.phrases.none}</p>}
      {data && data.phrases.length > 0 && (
        <table className={css.table}>
          <tbody>
            {data.phrases.map((row) => (
              <Row key={row.id} row={row} onOpen={() => setOpened(row.id)} onChanged={set} />
            ))}
          </tbody>
        </table>
      )}
      {shown && <PhraseDialog key={shown.id} row={shown} onClose={close} onChanged={set} />}
    </section>
  );
}

function Row({ row, onOpen, onChanged }: { row: PhraseRow; onOpen: () => void; onChanged: (list: Phrases) => void }) {
  const { w } = useWords();
  const mayTeach = useMay('article:publish');
  const names = useNames();
  const part = row.slots.observation ?? row.slots.signal ?? row.slots.action;
  const withdraw = useAct(async () => onChanged(await hub.withdrawPhrases(row.id)));
  return (
    <tr>
      <th scope="row" lang={row.locale === 'zh' ? 'zh-Hans' : 'en'} title={row.sentences.join('\n')}>
        {row.sentences[0]}
      </th>
      <td>{names.family(row.family)}</td>
      <td>{[w.phrases.intents[row.intent], part && names.part(row.family, String(part))].filter(Boolean).join(w.shell.colon)}</td>
      <td>
        <Tag tone={row.state === 'published' ? 'good' : 'quiet'}>{w.phrases.states[row.state]}</Tag>
      </td>
      <td>
        {mayTeach && (
          <Button size="compact-xs" variant="default" onClick={onOpen}>
            {w.phrases.edit}
          </Button>
        )}{' '}
        {mayTeach && row.state === 'published' && (
          <Button size="compact-xs" variant="default" loading={withdraw.busy} onClick={() => void withdraw.run()}>
            {w.phrases.withdraw}
          </Button>
        )}
        <Trouble error={withdraw.error} />
      </td>
    </tr>
  );
}
