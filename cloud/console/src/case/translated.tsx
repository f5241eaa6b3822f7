import { Loader } from '@mantine/core';
import { IconLanguage } from '@tabler/icons-react';
import type { Locale, Translation } from '../api/types.ts';
import { useWords } from '../words/use-words.tsx';
import css from './translated.module.css';

type Props = { said: Translation | 'working' | undefined; to: Locale; onAsk: () => void; onAgain: () => void };

/** A text in the other language, below the text itself and marked as a machine's; or why there is none. */
export function Translated({ said, to, onAsk, onAgain }: Props) {
  const { w } = useWords();
  if (said === undefined)
    return (
      <button type="button" className={css.ask} onClick={onAsk}>
        {w.translation.ask[to]}
      </button>
    );
  if (said === 'working')
    return (
      <p className={css.note} role="status">
        <Loader size={10} /> {w.translation.working}
      </p>
    );
  if (said.state === 'done')
    return (
      <div className={css.said} role="status">
        <p className={css.mark}>
          <IconLanguage size={13} aria-hidden /> {w.translation.byMachine(said.by)}
        </p>
        <p lang={to} className={css.text}>
          {said.text}
        </p>
      </div>
    );
  return (
    <p className={css.note} role="status">
      {said.state === 'not-shown'
        ? w.translation.notShown(said.losses.map(({ what, detail }) => w.translation.losses[what](detail)).join('; '))
        : w.translation.states[said.state]}{' '}
      {(said.state === 'busy' || said.state === 'failed') && (
        <button type="button" className={css.ask} onClick={onAgain}>
          {w.translation.again}
        </button>
      )}
    </p>
  );
}
