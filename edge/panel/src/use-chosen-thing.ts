import { useCallback, useState } from 'react';
import type { ThingView } from './api/types.ts';
import { inOrder } from './faults/verdict.ts';
import { useSite } from './panel.tsx';

const kept = 'wayside.thing';

/**
 * The thing that is talked about: the one chosen here before; else the one in the worst trouble; else the first. Once the panel has
 * shown one it stays, so that a conversation does not change under the reader's hands.
 */
export function useChosenThing(): { chosen: ThingView | undefined; choose: (id: string) => void } {
  const { things, faults } = useSite();
  const [id, setId] = useState(() => localStorage.getItem(kept));
  const choose = useCallback((next: string) => {
    localStorage.setItem(kept, next);
    setId(next);
  }, []);
  const found = things?.find((thing) => thing.id === id);
  const chosen = found ?? things?.find((thing) => thing.id === inOrder(faults)[0]?.thing) ?? things?.[0];
  if (chosen && chosen.id !== id && id === null) setId(chosen.id);
  return { chosen, choose };
}
