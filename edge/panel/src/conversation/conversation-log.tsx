import { useEffect, useRef } from 'react';
import type { ThingView } from '../api/types.ts';
import { useReach } from '../panel.tsx';
import { useWords } from '../words/words.tsx';
import { besides } from './besides.ts';
import type { ConversationView } from './conversation.ts';
import styles from './conversation-log.module.css';
import { QuestionCard } from './question-card.tsx';
import { StepCard } from './step-card.tsx';
import { Suggestions } from './suggestions.tsx';
import { TurnLine } from './turn-line.tsx';

type LogProps = { view: ConversationView; thing: ThingView | undefined; onSay: (text: string) => void; onShown: (turn: string) => void };

/** Who has gone back this far is reading, px; what comes meanwhile does not take the place from under their eyes. */
const lookedBack = 160;
/** What is scrolled to stands so far below the edge. */
const margin = 12;

/** Where the newest thing said to the person begins: what keeps them safe comes first in it and must not scroll away above a long answer. */
function startOfNewest(log: HTMLElement): number {
  const newest = [...log.querySelectorAll<HTMLElement>('article, [data-to-person]')].at(-1);
  if (newest?.dataset.toPerson === undefined) return log.scrollHeight;
  return log.scrollTop + newest.getBoundingClientRect().top - log.getBoundingClientRect().top - margin;
}

/** The conversation so far, newest last, and what one can tap next. */
export function ConversationLog({ view: { lines, streaming, busy }, thing, onSay, onShown }: LogProps) {
  const { words } = useWords();
  const { edge } = useReach();
  const log = useRef<HTMLDivElement>(null);
  const follows = useRef(true);
  const put = useRef(0);
  const last = lines.at(-1);
  const open = last?.by === 'agent' ? last.answer : undefined;
  const waits = busy && !streaming && edge !== 'lost' && lines.some((line) => line.pending);

  // biome-ignore lint/correctness/useExhaustiveDependencies: it is what came that moves the view.
  useEffect(() => {
    const element = log.current;
    if (!element || !(follows.current || last?.pending)) return;
    element.scrollTop = startOfNewest(element);
    put.current = element.scrollTop;
    follows.current = true;
  }, [lines, streaming?.text, waits]);

  const onScroll = () => {
    const element = log.current;
    if (element) follows.current = element.scrollTop > put.current - lookedBack;
  };

  return (
    <div ref={log} className={styles.scroll} onScroll={onScroll}>
      <div className={styles.log} role="log" aria-live="polite" aria-label={words.conversation} aria-busy={streaming !== null}>
        {lines.length === 0 && <Suggestions title={thing?.title} family={thing?.family} onSay={onSay} />}
        {lines.map((line) => (
          <TurnLine
            key={line.id}
            line={line}
            thing={thing?.id}
            onShown={onShown}
            text={line === last && open ? besides(line.text, open) : line.text}
          />
        ))}
        {open?.step && <StepCard step={open.step} onSay={onSay} />}
        {open?.question && <QuestionCard question={open.question} onSay={onSay} />}
        {streaming && (
          <p className={styles.streaming} data-to-person>
            {streaming.text}
          </p>
        )}
        {waits && (
          <p className={styles.waiting}>
            <span className={styles.pulse} aria-hidden="true" />
            {words.thinking}
          </p>
        )}
        {edge === 'lost' && last?.pending && <p className={styles.waiting}>{words.kept}</p>}
      </div>
    </div>
  );
}
