import { createContext, useContext } from 'react';
import type { Myself } from '../api/types.ts';

type Action = Myself['may'][number];

export const MayContext = createContext<ReadonlySet<Action>>(new Set());

/** May whoever is signed in do this? The hub decides; here what it would refuse is not offered. */
export function useMay(action: Action): boolean {
  return useContext(MayContext).has(action);
}
