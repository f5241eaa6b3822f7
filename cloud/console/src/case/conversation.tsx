import { Button } from '@mantine/core';
import { Fragment, type RefObject, useLayoutEffect, useRef, useState } from 'react';
import type { Attendant, CaseTurn, CaseView } from '../api/types.ts';
import { useNow } from '../shell/clock.ts';
import { hashOf } from '../shell/route.ts';
import { useWords } from '../words/use-words.tsx';
import css from './conversation.module.css';
import { CorrectDialog } from './correct-dialog.tsx';
import { Split } from './merged-cases.tsx';
import { Moves } from './moves.tsx';
import { OthersLine } from './others-line.tsx';
import { ReplyBox } from './reply-box.tsx';
import { Translated } from './translated.tsx';
import { TurnLine } from './turn-line.tsx';
import { Unsent } from './unsent.tsx';
import { useTranslations } from './use-translations.ts';

/** How near the end counts as reading the end, in pixels. */
const near = 80;

export type TalkProps = {
  view: CaseView;
  /** The id of the technician who is signed in. */
  me: string;
  field: RefObject<HTMLTextAreaElement | null>;
  /** Colleagues who have the case open too. */
  others: Attendant[];
  onTyped: () => void;
  onSent: (turn: CaseTurn) => void;
};

/** The conversation, live both ways. Follows the newest turn unless the reader has scrolled up. */
export function Conversation({ others, ...talk }: TalkProps) {
  const { view, me } = talk;
  const { w, locale } = useWords();
  const now = useNow();
  const translations = useTranslations(view.id, locale);
  const foreign = view.turns.filter(translations.wanted);
  const list = useRef<HTMLDivElement>(null);
  const atEnd = useRef(true);
  const [wrong, setWrong] = useState<CaseTurn | undefined>();
  const newest = view.turns.at(-1)?.id;
  // biome-ignore lint/correctness/useExhaustiveDependencies: a new turn is what moves the list
  useLayoutEffect(() => {
    if (list.current && atEnd.current) list.current.scrollTop = list.current.scrollHeight;
  }, [newest]);
  const handedOver = view.turns.findIndex((turn) => turn.at > view.handoff.at);
  return (
    <section className={css.talk} aria-label={w.case.panes.talk}>
      <div
        ref={list}
        className={css.turns}
        role="log"
        aria-live="polite"
        aria-label={w.case.panes.talk}
        // biome-ignore lint/a11y/noNoninteractiveTabindex: a scrolling region must be reachable by keyboard (WCAG 2.1.1)
        tabIndex={0}
        onScroll={(event) => {
          const { scrollHeight, scrollTop, clientHeight } = event.currentTarget;
          atEnd.current = scrollHeight - scrollTop - clientHeight < near;
        }}
      >
        {foreign.length > 1 && foreign.some((turn) => translations.of(turn) === undefined) && (
          <Button size="compact-xs" variant="default" mb={10} onClick={() => foreign.forEach(translations.translate)}>
            {w.translation.all}
          </Button>
        )}
        <ol className={css.list}>
          {view.turns.length === 0 && <li className={css.system}>{w.case.noTurns}</li>}
          {view.turns.map((turn, i) => (
            <Fragment key={turn.id}>
              {i === handedOver && <li className={css.divider}>{w.case.handedOver}</li>}
              <Moves view={view} me={me} after={view.turns[i - 1]?.at ?? 0} until={turn.at} />
              <TurnLine
                turn={turn}
                now={now}
                onCorrect={setWrong}
                beside={
                  translations.wanted(turn) && (
                    <Translated
                      said={translations.of(turn)}
                      to={locale}
                      onAsk={() => translations.translate(turn)}
                      onAgain={() => translations.retry(turn)}
                    />
                  )
                }
              />
            </Fragment>
          ))}
          {handedOver === -1 && view.turns.length > 0 && <li className={css.divider}>{w.case.handedOver}</li>}
          <Moves view={view} me={me} after={view.turns.at(-1)?.at ?? 0} until={Number.POSITIVE_INFINITY} />
        </ol>
      </div>
      {wrong && <CorrectDialog caseId={view.id} turn={wrong} onClose={() => setWrong(undefined)} />}
      <OthersLine others={others} />
      <Writing {...talk} />
    </section>
  );
}

/** Where it is part of another case: the way there, and the way back when they were two after all. */
function PartOf({ id, into }: { id: string; into: string }) {
  const { w } = useWords();
  return (
    <div className={css.closed}>
      <a href={hashOf({ page: 'case', id: into })}>{w.case.partOf}</a> <Split id={id} />
    </div>
  );
}

/** The reply box, or why there is none: the conversation is over, or it is another technician's. What was begun meanwhile stays to be copied. */
function Writing({ view, me, field, onTyped, onSent }: Omit<TalkProps, 'others'>) {
  const { w } = useWords();
  const helps = view.helpers.some((each) => each.id === me);
  const anothers = view.technician !== null && view.technician.id !== me && !helps ? view.technician.name : undefined;
  if (view.state !== 'resolved' && view.mergedInto === null && anothers === undefined)
    return <ReplyBox key={view.id} view={view} me={me} field={field} onTyped={onTyped} onSent={onSent} />;
  return (
    <>
      {view.mergedInto !== null && view.state !== 'resolved' ? (
        <PartOf id={view.id} into={view.mergedInto} />
      ) : (
        <p className={css.closed}>
          {view.state === 'resolved' || anothers === undefined ? w.case.resolvedNoReply : w.case.helpedBy(anothers)}
        </p>
      )}
      <Unsent key={view.id} caseId={view.id} />
    </>
  );
}
