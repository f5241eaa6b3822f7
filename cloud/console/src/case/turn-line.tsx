import { Tooltip } from '@mantine/core';
import { AnswerText } from '@wayside/web/answer-text';
import { memo, type ReactNode } from 'react';
import type { CaseTurn } from '../api/types.ts';
import { sayPercent, sayWhen } from '../words/say.ts';
import { useWords } from '../words/use-words.tsx';
import { Citations } from './citations.tsx';
import css from './conversation.module.css';
import { DeliveryMark } from './delivery-mark.tsx';

type Props = {
  turn: CaseTurn;
  now: number;
  onCorrect: (turn: CaseTurn) => void /** The same in the reader's language. */;
  beside?: ReactNode;
};

/** One thing that was said: by whom, when, on which rung, resting on what. */
export const TurnLine = memo(function TurnLine({ turn, now, onCorrect, beside }: Props) {
  const { w, locale } = useWords();
  if (turn.by === 'system') {
    return (
      <li className={css.system}>
        {turn.text} <time dateTime={new Date(turn.at).toISOString()}>{sayWhen(turn.at, now, locale)}</time>
      </li>
    );
  }
  return (
    <li className={css.turn} data-by={turn.by}>
      <div className={css.meta}>
        <b>{turn.name ?? w.case.turns[turn.by]}</b>
        {turn.rung && turn.by === 'agent' && (
          <Tooltip
            label={
              turn.confidence === undefined ? w.case.rungHelp : `${w.case.rungHelp} · ${w.case.confidence(sayPercent(turn.confidence))}`
            }
          >
            <span className={css.rung}>{w.case.rungs[turn.rung]}</span>
          </Tooltip>
        )}
        {turn.by === 'agent' && (
          <button type="button" className={css.correct} onClick={() => onCorrect(turn)}>
            {w.correct.act}
          </button>
        )}
        <time dateTime={new Date(turn.at).toISOString()}>{sayWhen(turn.at, now, locale)}</time>
      </div>
      <div dir="auto">
        <AnswerText text={turn.text} parts={turn.parts} className={css.text} />
      </div>
      {beside}
      <Citations citations={turn.citations} />
      {turn.delivery && <DeliveryMark delivery={turn.delivery} />}
    </li>
  );
});
