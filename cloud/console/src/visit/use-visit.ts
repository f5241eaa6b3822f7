import { useEffect, useState } from 'react';
import type { VisitFrame } from '../api/types.ts';
import { nothingSeen, type Seen, see } from './seen.ts';

/**
 * The live values of the machine of a case (`GET /v1/cases/{case}/visit`) while `on`. Closing the stream, also with the page, ends the visit.
 * @param onOver the visit has ended, whoever ended it
 */
export function useVisit(caseId: string, on: boolean, onOver: () => void): Seen {
  const [seen, setSeen] = useState(nothingSeen);
  // biome-ignore lint/correctness/useExhaustiveDependencies: who hears of the end may change without a new stream
  useEffect(() => {
    if (!on) return;
    setSeen(nothingSeen);
    const source = new EventSource(`v1/cases/${encodeURIComponent(caseId)}/visit`, { withCredentials: true });
    source.addEventListener('frame', (message) => {
      const frame = JSON.parse((message as MessageEvent<string>).data) as VisitFrame;
      setSeen((now) => see(now, frame));
    });
    source.addEventListener('over', () => {
      source.close();
      onOver();
    });
    return () => source.close();
  }, [caseId, on]);
  return seen;
}
