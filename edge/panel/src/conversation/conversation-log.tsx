import { useEffect, useRef } from 'react';
import type { Answer, ThingView } from '../api/types.ts';
import { emergencyVerdict } from '../faults/verdict.ts';
import { useReach, useSite } from '../panel.tsx';
import { CommandCard } from '../repair/command-card.tsx';
import { RepairCard } from '../repair/repair-card.tsx';
import { useWords } from '../words/words.tsx';
import { askedLast, besides } from './besides.ts';
import type { ConversationView } from './conversation.ts';
import styles from './conversation-log.module.css';
import { Choices, QuestionCard } from './question-card.tsx';
import { StepCard } from './step-card.tsx';
import { Suggestions } from './suggestions.tsx';
import { TurnLine } from './turn-line.tsx';

type LogProps = {
  view: ConversationView;
  thing: ThingView | undefined;
  /** Nothing is being mended yet: where an answer names what can be, the steps are a tap away. */
  mayBegin: boolean;
  onSay: (text: string) => void;
  onShown: (turn: string) => void;
  onConsent: (command: string) => void;
  onDecline: (command: string) => void;
};

/** What the newest answer can be tapped on; a note in between (that one agreed) does not take it away. */
export const openAnswer = (lines: ConversationView['lines']) => {
  const line = lines.findLast(({ by }) => by !== 'system');
  return line?.by === 'agent' ? line : undefined;
};

/** Whether an answer asks or offers something itself. */
const waiting = (answer: Answer | undefined) =>
  Boolean(answer?.question ?? answer?.choices ?? answer?.step ?? answer?.command ?? answer?.repair) || answer?.rung === 'human';

/** Whether an answer rests on a fault of this machine that there are steps for. */
function useMendable(answer: Answer | undefined, thing: string | undefined): boolean {
  const { faults } = useSite();
  const cited = new Set(answer?.citations.filter(({ kind }) => kind === 'fault').map(({ ref }) => ref.split('/').at(-1)));
  return faults.some((fault) => fault.thing === thing && fault.procedure !== undefined && cited.has(fault.fault));
}

/** Who has gone back this far is reading, px; what comes meanwhile does not take the place from under their eyes. */
const lookedBack = 160;
/** What is scrolled to stands so far below the edge. */
const margin = 12;

/**
 * Where the newest thing said to the person begins: what keeps them safe comes first in it and must not scroll away above a long answer. What a
 * card below it asks for must be within reach too: as far as the card fits, its end is in view.
 */
function startOfNewest(log: HTMLElement): number {
  const newest = [...log.querySelectorAll<HTMLElement>('article, [data-to-person]')].at(-1);
  if (newest?.dataset.toPerson === undefined) return log.scrollHeight;
  const top = log.getBoundingClientRect().top - log.scrollTop;
  const start = newest.getBoundingClientRect().top - top - margin;
  const card = [...log.querySelectorAll<HTMLElement>('article ~ section')].at(-1)?.getBoundingClientRect();
  if (!card) return start;
  return Math.max(start, Math.min(card.top - top - margin, card.bottom - top + margin - log.clientHeight));
}

/** The conversation so far, newest last, and what one can tap next. */
export function ConversationLog({ view: { lines, streaming, busy }, thing, mayBegin, onSay, onShown, onConsent, onDecline }: LogProps) {
  const { words } = useWords();
  const { edge } = useReach();
  const log = useRef<HTMLElement>(null);
  const follows = useRef(true);
  const put = useRef(0);
  const last = lines.at(-1);
  const opened = openAnswer(lines);
  const open = opened?.answer;
  const text = opened && open ? besides(opened.text, open) : (opened?.text ?? '');
  const asked = open?.choices ? askedLast(text) : { before: text, question: '' };
  const begin = useMendable(open, thing?.id) && mayBegin && !waiting(open);
  const choices = begin ? [{ label: words.showHow, say: words.say.fix }] : open?.choices;
  const waits = busy && !streaming && edge !== 'lost' && edge !== 'full' && lines.some((line) => line.pending);

  // biome-ignore lint/correctness/useExhaustiveDependencies: it is what came that moves the view.
  useEffect(() => {
    const element = log.current;
    if (!element) return;
    const place = () => {
      element.scrollTop = startOfNewest(element);
      put.current = element.scrollTop;
    };
    if (follows.current || last?.pending) {
      place();
      follows.current = true;
    }
    // A strip that opens above, or the state of a handoff below, takes room from what was in view.
    const resized = new ResizeObserver(() => follows.current && place());
    resized.observe(element);
    return () => resized.disconnect();
  }, [lines, streaming?.text, waits]);

  const onScroll = () => {
    const element = log.current;
    if (element) follows.current = element.scrollTop > put.current - lookedBack;
  };

  return (
    // biome-ignore lint/a11y/noNoninteractiveTabindex: a scrolling region must be reachable by keyboard (WCAG 2.1.1)
    <section ref={log} className={styles.scroll} onScroll={onScroll} aria-label={words.conversation} tabIndex={0}>
      <div className={styles.log} role="log" aria-live="polite" aria-label={words.conversation} aria-busy={streaming !== null}>
        {lines.length === 0 && <Suggestions title={thing?.title} family={thing?.family} onSay={onSay} />}
        {lines.map((line) => (
          <TurnLine
            key={line.id}
            line={line}
            thing={thing?.id}
            onShown={onShown}
            unheard={lines.find(({ voice }) => voice?.cut?.turn === line.id)?.voice?.cut?.unsaid}
            text={line === opened ? asked.before : line.text}
          />
        ))}
        {open?.command && (
          <CommandCard key={open.command.command} command={open.command} onConsent={onConsent} onDecline={onDecline} onSay={onSay} />
        )}
        {open?.repair && <RepairCard repair={open.repair} />}
        {open?.step && <StepCard step={open.step} onSay={onSay} />}
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
        {edge === 'full' && last?.pending && <p className={styles.waiting}>{words.keptUntilRoom}</p>}
        {(open?.question || open?.choices || begin) && (
          <div className={styles.asks} data-last={emergencyVerdict(open) ? true : undefined}>
            {open?.question && <QuestionCard question={open.question} onSay={onSay} />}
            {choices && <Choices question={asked.question} choices={choices} onSay={onSay} />}
          </div>
        )}
      </div>
    </section>
  );
}
