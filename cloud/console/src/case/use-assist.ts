import { useEffect, useState } from 'react';
import type { AssistClaim, AssistFacts, AssistReply } from '../api/types.ts';

export type Assisted = {
  facts: AssistFacts | undefined;
  /** The sentences of the draft so far. */
  claims: readonly AssistClaim[];
  reply: AssistReply | undefined;
  state: 'working' | 'done' | 'failed';
  /** Somebody has answered what the draft is about: it is offered no more, unless another is wished for. */
  answered: boolean;
  again: () => void;
};

const nothing = { facts: undefined, claims: [], reply: undefined, state: 'working' } as const;

/**
 * What the assistant says of a case, as it comes (`GET /v1/cases/{case}/assist`).
 * @param about changes when the person has written: then everything is thought over anew
 * @param answer the reply to that; undefined: they wait for one
 */
export function useAssist(caseId: string, about: string, answer: string | undefined): Assisted {
  const [said, setSaid] = useState<Omit<Assisted, 'answered' | 'again'>>(nothing);
  const [{ round, after }, setWish] = useState<{ round: number; after?: string | undefined }>({ round: 0 });
  // biome-ignore lint/correctness/useExhaustiveDependencies: a new utterance, or the wish for another draft, asks again
  useEffect(() => {
    setSaid((now) => ({ ...nothing, facts: now.facts }));
    const source = new EventSource(`v1/cases/${encodeURIComponent(caseId)}/assist`, { withCredentials: true });
    const hear = <T>(event: string, take: (data: T) => void) =>
      source.addEventListener(event, (message) => take(JSON.parse((message as MessageEvent<string>).data) as T));
    hear<AssistFacts>('facts', (facts) => setSaid((now) => ({ ...now, facts })));
    hear<AssistClaim>('claim', (claim) => setSaid((now) => ({ ...now, claims: [...now.claims, claim] })));
    hear<AssistReply>('reply', (reply) => {
      source.close();
      setSaid((now) => ({ ...now, reply, state: 'done' }));
    });
    const fail = () => {
      source.close();
      setSaid((now) => ({ ...now, state: 'failed' }));
    };
    hear('failed', fail);
    source.onerror = fail;
    return () => source.close();
  }, [caseId, about, round]);
  const answered = answer !== undefined && answer !== after;
  return {
    ...said,
    ...(answered ? { claims: [], reply: undefined } : {}),
    answered,
    again: () => setWish({ round: round + 1, after: answer }),
  };
}
