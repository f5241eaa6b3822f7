import type { RolloutRow } from '../api/types.ts';
import { useNames } from '../words/use-names.tsx';
import { useWords } from '../words/use-words.tsx';

/** What people call what is rolled out. */
export function useRolloutName(): (what: RolloutRow['what']) => string {
  const { w } = useWords();
  const names = useNames();
  return (what) => (what.of === 'pack' ? w.rollouts.pack(names.family(what.family), what.version) : w.rollouts.model(what.model));
}
