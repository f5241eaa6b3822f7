import { useEffect, useState } from 'react';
import type { AssistClaim, AssistFacts, AssistReply } from '../api/types.ts';

export type Assisted = {
  facts: AssistFacts | undefined;
  /** The sentences of the draft so far. */
  claims: readonly AssistClaim[];
  reply: AssistReply | undefined;
  state: 'working' | 'done' | 'failed';
  again: () => void;
};

const nothing = { facts: undefined, claims: [], reply: undefined, state: 'working' } as const;

/**
 * What the assistant says of a case, as it comes (`GET /v1/cases/{case}/assist`).
 * @param about changes when the person has written: then everything is thought over anew
 */
export function useAssist(caseId: string, about: string): Assisted {
  const [said, setSaid] = useState<Omit<Assisted, 'again'>>(nothing);
  const [round, setRound] = useState(0);
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
  return { ...said, again: () => setRound((n) => n + 1) };
}
