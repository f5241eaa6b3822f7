import { ActionIcon, Button, Tooltip } from '@mantine/core';
import { IconAlertTriangle, IconArrowBackUp, IconMessageQuestion, IconRefresh } from '@tabler/icons-react';
import type { AssistFacts, Citation } from '../api/types.ts';
import { useWords } from '../words/use-words.tsx';
import css from './assist.module.css';
import { Citations } from './citations.tsx';
import type { Assisted } from './use-assist.ts';

type Props = { assisted: Assisted; onInsert: (text: string) => void };

/** The assistant beside the conversation: what to mind, what to do next, what to ask, and a draft. It inserts; a person sends. */
export function AssistPanel({ assisted, onInsert }: Props) {
  const { w } = useWords();
  const { facts } = assisted;
  return (
    // biome-ignore lint/a11y/noNoninteractiveTabindex: a scrolling region must be reachable by keyboard (WCAG 2.1.1)
    <section className={css.panel} aria-label={w.assist.title} tabIndex={0}>
      {facts?.reminders.map(({ kind, text }) => (
        <Reminder key={`${kind} ${text.en}`} text={text} />
      ))}
      <Draft assisted={assisted} onInsert={onInsert} />
      {facts?.next.map((step) => (
        <NextStep key={step.text.en} step={step} />
      ))}
      {facts && facts.missing.length > 0 && (
        <div className={css.missing}>
          <h3>{w.assist.missing}</h3>
          {facts.missing.map(({ what, ask }) => (
            <Ask key={ask} what={what} ask={ask} onInsert={onInsert} />
          ))}
        </div>
      )}
    </section>
  );
}

function Reminder({ text }: { text: AssistFacts['reminders'][number]['text'] }) {
  const { pick } = useWords();
  return (
    <p className={css.reminder}>
      <IconAlertTriangle size={15} aria-hidden />
      {pick(text)}
    </p>
  );
}

function NextStep({ step }: { step: AssistFacts['next'][number] }) {
  const { w, pick } = useWords();
  const because = step.because.map(({ said, text, ...citation }): Citation => ({ ...citation, text: said ? pick(said) : text }));
  return (
    <div className={css.next}>
      <h3>{w.assist.next}</h3>
      <p>{pick(step.text)}</p>
      <Citations citations={because} />
    </div>
  );
}

function Ask({ what, ask, onInsert }: AssistFacts['missing'][number] & Pick<Props, 'onInsert'>) {
  const { w, pick } = useWords();
  return (
    <Tooltip label={ask}>
      <Button
        size="compact-xs"
        variant="default"
        leftSection={<IconMessageQuestion size={13} aria-hidden />}
        aria-label={w.assist.ask(pick(what))}
        onClick={() => onInsert(ask)}
      >
        <span className={css.clip}>{pick(what)}</span>
      </Button>
    </Tooltip>
  );
}

function Draft({ assisted: { claims, reply, state, again }, onInsert }: Props) {
  const { w } = useWords();
  const text = reply?.text ?? claims.map((claim) => claim.text).join(' ');
  return (
    <div className={css.draft} aria-busy={state === 'working'}>
      <div className={css.head}>
        <h3>{w.assist.draft}</h3>
        <span role="status">
          {state === 'working' && w.assist.working}
          {state === 'failed' && w.assist.failed}
          {reply && w.assist.by[reply.by]}
          {reply && reply.dropped > 0 && ` · ${w.assist.dropped(reply.dropped)}`}
        </span>
        <Tooltip label={w.assist.again}>
          <ActionIcon size="sm" aria-label={w.assist.again} disabled={state === 'working'} onClick={again}>
            <IconRefresh size={14} aria-hidden />
          </ActionIcon>
        </Tooltip>
      </div>
      {text !== '' && <p dir="auto">{text}</p>}
      {reply && <Citations citations={reply.citations} />}
      {reply && (
        <Button
          size="compact-xs"
          variant="light"
          leftSection={<IconArrowBackUp size={13} aria-hidden />}
          onClick={() => onInsert(reply.text)}
        >
          {w.assist.insert}
        </Button>
      )}
    </div>
  );
}
