import { useSyncExternalStore } from 'react';
import { usePanel } from '../panel.tsx';

export function usePeople() {
  const { household } = usePanel();
  return { household, ...useSyncExternalStore(household.subscribe, household.snapshot) };
}
