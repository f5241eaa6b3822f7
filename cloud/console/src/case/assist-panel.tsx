import { ActionIcon, Button, Tooltip, VisuallyHidden } from '@mantine/core';
import { useMediaQuery } from '@mantine/hooks';
import {
  IconAlertTriangle,
  IconArrowBackUp,
  IconChevronDown,
  IconChevronUp,
  IconMessageQuestion,
  IconRefresh,
  IconSparkles,
} from '@tabler/icons-react';
import { useState } from 'react';
import type { AssistFacts, Citation } from '../api/types.ts';
import { useWords } from '../words/use-words.tsx';
import css from './assist.module.css';
import { Citations } from './citations.tsx';
import type { Assisted } from './use-assist.ts';

type Props = { assisted: Assisted; onInsert: (text: string) => void };

/** Where it would leave little room for the conversation: a phone, upright or on its side. */
const small = '(max-width: 48em), (max-height: 34em)';

/** The assistant beside the conversation: what to mind, what to do next, what to ask, and a draft. It inserts; a person sends. On a small screen one line of it, until it is opened. */
export function AssistPanel({ assisted, onInsert }: Props) {
  const { w } = useWords();
  const isSmall = useMediaQuery(small, false, { getInitialValueInEffect: false });
  const [opened, setOpened] = useState<boolean>();
  const { facts } = assisted;
  if (isSmall && !opened)
    return <Strip assisted={assisted} wasOpen={opened === false} onInsert={onInsert} onOpen={() => setOpened(true)} />;
  const insert = (text: string) => {
    setOpened(undefined);
    onInsert(text);
  };
  return (
    // biome-ignore lint/a11y/noNoninteractiveTabindex: a scrolling region must be reachable by keyboard (WCAG 2.1.1)
    <section className={css.panel} aria-label={w.assist.title} tabIndex={0}>
      {isSmall && (
        // biome-ignore lint/a11y/noAutofocus: it stands where the button was that had the focus
        <button type="button" className={css.close} aria-expanded autoFocus onClick={() => setOpened(false)}>
          {w.assist.title}
          <IconChevronDown size={18} aria-hidden />
        </button>
      )}
      {facts?.reminders.map(({ kind, text }) => (
        <Reminder key={`${kind} ${text.en}`} text={text} />
      ))}
      <Draft assisted={assisted} onInsert={insert} />
      {facts?.next.map((step) => (
        <NextStep key={step.text.en} step={step} />
      ))}
      {facts && facts.missing.length > 0 && (
        <div className={css.missing}>
          <h3>{w.assist.missing}</h3>
          {facts.missing.map(({ what, ask }) => (
            <Ask key={ask} what={what} ask={ask} onInsert={insert} />
          ))}
        </div>
      )}
    </section>
  );
}

/** The draft as one line that opens the rest, and the button that takes it. */
function Strip({ assisted, wasOpen, onInsert, onOpen }: Props & { wasOpen: boolean; onOpen: () => void }) {
  const { w } = useWords();
  const { facts, reply, state, answered } = assisted;
  const Icon = facts && facts.reminders.length > 0 ? IconAlertTriangle : IconSparkles;
  const says = answered ? w.assist.answered : { working: w.assist.working, failed: w.assist.failed, done: '' }[state];
  return (
    <section className={css.strip} aria-label={w.assist.title}>
      {/* biome-ignore lint/a11y/noAutofocus: once closed, it stands where the button was that had the focus */}
      <button type="button" autoFocus={wasOpen} aria-expanded={false} onClick={onOpen}>
        <Icon size={18} aria-hidden data-minds={Icon === IconAlertTriangle || undefined} />
        <VisuallyHidden component="span">{w.assist.open}</VisuallyHidden>
        <span dir="auto">{draftOf(assisted) || says}</span>
        <IconChevronUp size={18} aria-hidden />
      </button>
      <InsertButton reply={reply} onInsert={onInsert} />
    </section>
  );
}

const draftOf = ({ reply, claims }: Assisted) => reply?.text ?? claims.map((claim) => claim.text).join(' ');

function InsertButton({ reply, onInsert }: Pick<Assisted, 'reply'> & Pick<Props, 'onInsert'>) {
  const { w } = useWords();
  if (!reply) return null;
  return (
    <Button size="compact-xs" variant="light" leftSection={<IconArrowBackUp size={13} aria-hidden />} onClick={() => onInsert(reply.text)}>
      {w.assist.insert}
    </Button>
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

function Draft({ assisted, onInsert }: Props) {
  const { w } = useWords();
  const { reply, state, answered, again } = assisted;
  const text = draftOf(assisted);
  return (
    <div className={css.draft} aria-busy={state === 'working'}>
      <div className={css.head}>
        <h3>{w.assist.draft}</h3>
        <span role="status">
          {answered && w.assist.answered}
          {!answered && state === 'working' && w.assist.working}
          {!answered && state === 'failed' && w.assist.failed}
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
      <InsertButton reply={reply} onInsert={onInsert} />
    </div>
  );
}
