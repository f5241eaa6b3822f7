import { SegmentedControl } from '@mantine/core';
import { useMediaQuery } from '@mantine/hooks';
import { useEffect, useState } from 'react';
import type { CaseTurn } from '../api/types.ts';
import { UnreadMark } from '../shell/unread-mark.tsx';
import { useWords } from '../words/use-words.tsx';
import css from './case.module.css';
import { Conversation, type TalkProps } from './conversation.tsx';
import { FactsPane } from './facts-pane.tsx';
import { SignalsPane } from './signals-pane.tsx';
import { useSpot } from './spot.ts';

type Pane = 'talk' | 'facts' | 'signals';

/** Three panes side by side, each scrolling inside; on a narrow screen one at a time. */
export function CasePanes({ onChanged, ...talk }: TalkProps & { onChanged: () => void }) {
  const { view, me } = talk;
  const { w } = useWords();
  const { spot } = useSpot();
  const narrow = useMediaQuery('(max-width: 62em)', false, { getInitialValueInEffect: false });
  const [shown, setShown] = useState<Pane>('talk');
  useEffect(() => {
    if (spot.signal) setShown('signals');
  }, [spot]);
  const unread = useUnread(view.turns, shown === 'talk');
  const panes = {
    talk: <Conversation {...talk} />,
    facts: <FactsPane view={view} />,
    signals: <SignalsPane view={view} me={me} onChanged={onChanged} />,
  };
  if (!narrow) {
    return (
      <div className={css.panes}>
        {(['talk', 'facts', 'signals'] as const).map((pane) => (
          <div key={pane} className={css.pane}>
            {panes[pane]}
          </div>
        ))}
      </div>
    );
  }
  return (
    <>
      <SegmentedControl
        className={css.switch}
        radius={0}
        fullWidth
        value={shown}
        onChange={(value) => setShown(value as Pane)}
        data={(['talk', 'facts', 'signals'] as const).map((value) => ({
          value,
          label: (
            <span className={css.switchLabel}>
              {w.case.panes[value]}
              {value === 'talk' && <UnreadMark n={unread} />}
            </span>
          ),
        }))}
      />
      <div className={css.pane}>{panes[shown]}</div>
    </>
  );
}

/** How much the person has said while another pane was in the conversation's place. */
function useUnread(turns: CaseTurn[], reading: boolean): number {
  const theirs = turns.filter(({ by }) => by === 'operator').length;
  const [read, setRead] = useState(theirs);
  if (reading && read !== theirs) setRead(theirs);
  return reading ? 0 : theirs - read;
}
