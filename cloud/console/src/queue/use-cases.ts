import { hub } from '../api/hub.ts';
import { type Loaded, useLoaded } from '../api/loaded.ts';
import type { CaseList, CaseState } from '../api/types.ts';

/** The cases in one state with the counts of all three, kept fresh by the live stream. */
export const useCases = (state: CaseState): Loaded<CaseList> =>
  useLoaded(
    `cases ${state}`,
    () => hub.cases(state),
    (event) => event.event === 'case',
  );
