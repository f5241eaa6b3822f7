import { Alert, Button, Group, Kbd, Textarea } from '@mantine/core';
import { IconMessages, IconSend2 } from '@tabler/icons-react';
import type { RefObject } from 'react';
import type { CaseTurn, CaseView } from '../api/types.ts';
import { Trouble } from '../shell/trouble.tsx';
import { useWords } from '../words/use-words.tsx';
import { AssistPanel } from './assist-panel.tsx';
import css from './conversation.module.css';
import { ReplyTranslation } from './reply-translation.tsx';
import { useAssist } from './use-assist.ts';
import { useReply } from './use-reply.ts';

type Props = {
  view: CaseView;
  me: string;
  onTyped: () => void;
  field: RefObject<HTMLTextAreaElement | null>;
  onSent: (turn: CaseTurn) => void;
};

/** Where the technician writes, with the assistant's suggestions at hand. What they take is added to what they wrote, to be changed and sent. */
export function ReplyBox({ view, me, field, onTyped, onSent }: Props) {
  const { w } = useWords();
  const { id: caseId, turns } = view;
  // A name is one technician's alone: they sign in with it.
  const myName = [view.technician, ...view.helpers].find((each) => each?.id === me)?.name;
  const { text, write, send, meanwhile, haveRead } = useReply(caseId, turns, myName, (turn) => {
    onSent(turn);
    field.current?.focus();
  });
  const asked = turns.findLastIndex((turn) => turn.by === 'operator');
  const assisted = useAssist(caseId, turns[asked]?.id ?? '', turns.slice(asked + 1).findLast((turn) => turn.by === 'technician')?.id);
  const insert = (more: string) => {
    write(text.trim() === '' ? more : `${text.trimEnd()}\n${more}`);
    field.current?.focus();
  };
  return (
    <>
      <AssistPanel assisted={assisted} onInsert={insert} />
      <form
        className={css.reply}
        onSubmit={(event) => {
          event.preventDefault();
          void send.run();
        }}
      >
        <Trouble error={send.error} />
        {meanwhile !== undefined && (
          <Alert color="orange" p="xs" role="alert" icon={<IconMessages size={18} aria-hidden />}>
            <Group justify="space-between" gap="xs">
              <span>{w.case.meanwhile(meanwhile)}</span>
              <Button
                size="compact-sm"
                variant="default"
                onClick={() => {
                  haveRead();
                  field.current?.focus();
                }}
              >
                {w.case.haveRead}
              </Button>
            </Group>
          </Alert>
        )}
        <Textarea
          ref={field}
          className={css.field}
          aria-label={w.case.reply}
          placeholder={w.case.replyHint}
          autosize
          minRows={2}
          maxRows={8}
          maxLength={8000}
          value={text}
          readOnly={send.busy}
          onChange={(event) => {
            write(event.currentTarget.value);
            onTyped();
          }}
          onKeyDown={(event) => {
            if (event.key === 'Enter' && (event.ctrlKey || event.metaKey) && !event.nativeEvent.isComposing) {
              event.preventDefault();
              void send.run();
            }
            if (event.key === 'Escape') event.currentTarget.blur();
          }}
        />
        <ReplyTranslation caseId={caseId} to={view.handoff.locale} text={text} onTake={write} />
        <div className={css.send}>
          <Kbd size="xs">{w.case.sendHint}</Kbd>
          <Button
            type="submit"
            loading={send.busy}
            disabled={text.trim() === '' || meanwhile !== undefined}
            rightSection={<IconSend2 size={15} aria-hidden />}
          >
            {w.case.send}
          </Button>
        </div>
      </form>
    </>
  );
}
