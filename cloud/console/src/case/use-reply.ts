import { useEffect, useRef, useState } from 'react';
import { useAct } from '../api/act.ts';
import { hub } from '../api/hub.ts';
import type { CaseTurn } from '../api/types.ts';
import { keep, kept, replyKey } from '../shell/kept.ts';
import { attempt, readAttempt } from './reply-attempt.ts';

/**
 * The reply being written to a case. Its text leaves only when the hub has it: because the hub said so, or because the
 * conversation shows it although the answer to our request was lost. Text and attempt survive a reload.
 */
export function useReply(caseId: string, turns: readonly CaseTurn[], onSent: (turn: CaseTurn) => void) {
  const textKey = replyKey(caseId);
  const attemptKey = `attempt.${caseId}`;
  const [text, setText] = useState(() => kept(textKey));
  const unanswered = useRef(readAttempt(kept(attemptKey)));
  const write = (next: string) => {
    setText(next);
    keep(textKey, next);
  };
  const arrived = () => {
    unanswered.current = undefined;
    keep(attemptKey, '');
  };
  const send = useAct(async () => {
    const reply = attempt(unanswered.current, text);
    if (reply.text === '') return;
    unanswered.current = reply;
    keep(attemptKey, JSON.stringify(reply));
    const turn = await hub.reply(caseId, reply);
    arrived();
    write('');
    onSent(turn);
  });

  // biome-ignore lint/correctness/useExhaustiveDependencies: only new turns, and the end of a request, can tell
  useEffect(() => {
    const lost = unanswered.current;
    if (send.busy || lost === undefined || !turns.some((turn) => turn.id === lost.id)) return;
    arrived();
    send.clear();
    if (text.trim() === lost.text) write('');
  }, [turns, send.busy]);

  return { text, write, send };
}
