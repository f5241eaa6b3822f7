import type { Band } from '@wayside/web/band';
import { createContext, type ReactNode, useCallback, useContext, useMemo, useState } from 'react';

/** Something that can be opened beside the conversation. */
export type Detail =
  | { kind: 'overview' }
  | { kind: 'status' }
  | { kind: 'thing'; thing: string }
  | { kind: 'signal'; thing: string; signal: string; at?: number | undefined; band?: Band | undefined }
  | { kind: 'dtc'; thing: string; code: string }
  | { kind: 'fault'; thing: string; fault: string }
  | { kind: 'article'; id: string /** The machine it is read for. */; thing?: string | undefined }
  | { kind: 'seal'; session: string }
  | { kind: 'who' }
  | { kind: 'pin'; person: string }
  | { kind: 'new-person' }
  | { kind: 'manage' }
  | { kind: 'me' }
  | { kind: 'voice' }
  | { kind: 'phone' }
  | { kind: 'link' }
  | { kind: 'pairing' }
  | { kind: 'join' }
  | { kind: 'past' }
  | { kind: 'past-session'; session: string; elsewhere: boolean };

export type Details = {
  /** What is open now; what it was opened from lies below it. */
  top: Detail | undefined;
  depth: number;
  /** Opens something; from within an open one, `back` returns there. */
  open: (detail: Detail) => void;
  /** Opens something afresh, from outside. */
  show: (detail: Detail) => void;
  back: () => void;
  close: () => void;
};

const Context = createContext<Details | undefined>(undefined);

export function DetailProvider({ children }: { children: ReactNode }) {
  const [stack, setStack] = useState<readonly Detail[]>([]);
  const open = useCallback((detail: Detail) => setStack((now) => [...now, detail]), []);
  const show = useCallback((detail: Detail) => setStack([detail]), []);
  const back = useCallback(() => setStack((now) => now.slice(0, -1)), []);
  const close = useCallback(() => setStack([]), []);
  const details = useMemo(() => ({ top: stack.at(-1), depth: stack.length, open, show, back, close }), [stack, open, show, back, close]);
  return <Context value={details}>{children}</Context>;
}

export function useDetails(): Details {
  const details = useContext(Context);
  if (!details) throw new Error('useDetails needs a DetailProvider above it');
  return details;
}
