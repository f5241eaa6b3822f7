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

/** Who is this close to the end wants to see what comes. */
const nearEnd = 160;

/** The conversation so far, newest last, and what one can tap next. */
export function ConversationLog({ view: { lines, streaming, busy }, thing, onSay, onShown }: LogProps) {
  const { words } = useWords();
  const { edge } = useReach();
  const log = useRef<HTMLDivElement>(null);
  const atEnd = useRef(true);
  const last = lines.at(-1);
  const open = last?.by === 'agent' ? last.answer : undefined;
  const waits = busy && !streaming && edge !== 'lost' && lines.some((line) => line.pending);

  // biome-ignore lint/correctness/useExhaustiveDependencies: it is what came that moves the view.
  useEffect(() => {
    const element = log.current;
    if (element && (atEnd.current || last?.pending)) element.scrollTop = element.scrollHeight;
  }, [lines, streaming?.text, waits]);

  const onScroll = () => {
    const element = log.current;
    if (element) atEnd.current = element.scrollHeight - element.scrollTop - element.clientHeight < nearEnd;
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
        {streaming && <p className={styles.streaming}>{streaming.text}</p>}
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
