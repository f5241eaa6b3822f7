import { useCallback, useEffect, useState } from 'react';
import type { ThingView } from './api/types.ts';
import { mostPressing } from './faults/verdict.ts';
import { useSite } from './panel.tsx';

const kept = 'wayside.thing';

export type ChosenThing = {
  chosen: ThingView | undefined;
  /** Its id, known from before even while the edge does not answer; empty when there is none. */
  id: string;
  choose: (id: string) => void;
};

/**
 * The thing that is talked about: the one chosen before; else the one in the worst trouble; else the first. Once the panel has shown
 * one it stays, so that a conversation does not change under the reader's hands.
 */
export function useChosenThing(): ChosenThing {
  const { things, faults } = useSite();
  const [id, setId] = useState(() => localStorage.getItem(kept) ?? '');
  const choose = useCallback((next: string) => {
    localStorage.setItem(kept, next);
    setId(next);
  }, []);
  const known = things?.find((thing) => thing.id === id);
  const chosen = known ?? mostPressing(things ?? [], faults);
  useEffect(() => {
    if (chosen && chosen.id !== id) choose(chosen.id);
  }, [chosen, id, choose]);
  return { chosen, id: chosen?.id ?? id, choose };
}
