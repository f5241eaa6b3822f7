import { Button, Kbd, Textarea } from '@mantine/core';
import { IconSend2 } from '@tabler/icons-react';
import { type RefObject, useRef, useState } from 'react';
import { useAct } from '../api/act.ts';
import { hub } from '../api/hub.ts';
import type { CaseTurn } from '../api/types.ts';
import { keep, kept } from '../shell/kept.ts';
import { Trouble } from '../shell/trouble.tsx';
import { useWords } from '../words/use-words.tsx';
import css from './conversation.module.css';
import { type Attempt, attempt } from './reply-attempt.ts';

/** Where the technician writes. The text leaves the box only when the hub has stored it. */
export function ReplyBox({
  caseId,
  field,
  onSent,
}: {
  caseId: string;
  field: RefObject<HTMLTextAreaElement | null>;
  onSent: (turn: CaseTurn) => void;
}) {
  const { w } = useWords();
  const key = `reply.${caseId}`;
  const [text, setText] = useState(() => kept(key));
  const failed = useRef<Attempt | undefined>(undefined);
  const write = (next: string) => {
    setText(next);
    keep(key, next);
  };
  const send = useAct(async () => {
    const reply = attempt(failed.current, text);
    if (reply.text === '') return;
    failed.current = reply;
    const turn = await hub.reply(caseId, reply);
    failed.current = undefined;
    write('');
    onSent(turn);
    field.current?.focus();
  });
  return (
    <form
      className={css.reply}
      onSubmit={(event) => {
        event.preventDefault();
        void send.run();
      }}
    >
      <Trouble error={send.error} />
      <Textarea
        ref={field}
        aria-label={w.case.reply}
        placeholder={w.case.replyHint}
        autosize
        minRows={2}
        maxRows={8}
        maxLength={8000}
        value={text}
        readOnly={send.busy}
        onChange={(event) => write(event.currentTarget.value)}
        onKeyDown={(event) => {
          if (event.key === 'Enter' && (event.ctrlKey || event.metaKey) && !event.nativeEvent.isComposing) {
            event.preventDefault();
            void send.run();
          }
          if (event.key === 'Escape') event.currentTarget.blur();
        }}
      />
      <div className={css.send}>
        <Kbd size="xs">{w.case.sendHint}</Kbd>
        <Button type="submit" loading={send.busy} disabled={text.trim() === ''} rightSection={<IconSend2 size={15} aria-hidden />}>
          {w.case.send}
        </Button>
      </div>
    </form>
  );
}
