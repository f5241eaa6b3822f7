import { useEffect, useRef, useState } from 'react';
import { useAct } from '../api/act.ts';
import { hub } from '../api/hub.ts';
import type { CaseTurn } from '../api/types.ts';
import { keep, kept, replyKey } from '../shell/kept.ts';
import { attempt, readAttempt } from './reply-attempt.ts';

/**
 * The reply being written to a case. When a colleague answers while it is being written, it waits until that was read. Its text leaves only when the hub has it: because the hub said so, or because the
 * conversation shows it although the answer to our request was lost. Text and attempt survive a reload.
 */
export function useReply(caseId: string, turns: readonly CaseTurn[], myName: string | undefined, onSent: (turn: CaseTurn) => void) {
  const textKey = replyKey(caseId);
  const attemptKey = `attempt.${caseId}`;
  const [text, setText] = useState(() => kept(textKey));
  const unanswered = useRef(readAttempt(kept(attemptKey)));
  const last = turns.findLast((turn) => turn.by === 'technician' && turn.name !== myName);
  /** What a colleague had said last when the writing began; empty: nothing. */
  const seenKey = `seen.${caseId}`;
  const [seen, setSeen] = useState(() => (text === '' ? undefined : kept(seenKey)));
  const haveSeen = (next: string | undefined) => {
    setSeen(next);
    keep(seenKey, next ?? '');
  };
  const meanwhile = seen !== undefined && last !== undefined && last.id !== seen ? (last.name ?? '') : undefined;
  const write = (next: string) => {
    if (next === '') haveSeen(undefined);
    else if (seen === undefined) haveSeen(last?.id ?? '');
    setText(next);
    keep(textKey, next);
  };
  const arrived = () => {
    unanswered.current = undefined;
    keep(attemptKey, '');
  };
  const send = useAct(async () => {
    const reply = attempt(unanswered.current, text);
    if (reply.text === '' || meanwhile !== undefined) return;
    unanswered.current = reply;
    keep(attemptKey, JSON.stringify(reply));
    const turn = await hub.reply(caseId, { ...reply, seen: seen || null });
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

  // What the hub refused since a colleague was quicker is said better once their answer is here.
  // biome-ignore lint/correctness/useExhaustiveDependencies: only their answer can tell
  useEffect(() => {
    if (meanwhile !== undefined) send.clear();
  }, [meanwhile]);

  return { text, write, send, meanwhile, haveRead: () => haveSeen(last?.id ?? '') };
}
