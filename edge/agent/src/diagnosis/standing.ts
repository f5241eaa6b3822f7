import type { Judged, SymptomState } from './symptom-state.ts';
import type { Clocks, Watcher } from './watcher.ts';

/** How long an absence, once judged, still counts, ms. */
const absenceLasts = 5 * 60_000;

/** Each symptom that was ever judged; of one that shows on several signals, where it has shown longest. */
export function statesOf(watchers: readonly Watcher[]): Map<string, SymptomState> {
  const states = new Map<string, SymptomState>();
  for (const { symptom, state, lapsed } of watchers) {
    const known = states.get(symptom);
    if (state && (!known || (state.active && (!known.active || state.since < known.since)))) states.set(symptom, { ...state, lapsed });
  }
  return states;
}

/** Symptoms that show, or whose absence says something: judged recently, and absent on every signal that was heard. */
export function coveredBy(watchers: readonly Watcher[], clocks: Clocks): Set<string> {
  const covered = new Map<string, boolean>();
  for (const watcher of watchers) {
    if (covered.get(watcher.symptom) === false || !watcher.heard) continue;
    const judged = watcher.judged(clocks);
    covered.set(watcher.symptom, judged !== undefined && (judged.active || clocks.newest - judged.at <= absenceLasts));
  }
  return new Set(watchers.flatMap(({ symptom, state }) => (state?.active || covered.get(symptom) ? [symptom] : [])));
}

/** Each symptom as it was last judged; one on several signals is absent since the signal judged longest ago says so. */
export function judgedBy(watchers: readonly Watcher[], clocks: Clocks): Map<string, Judged> {
  const judged = new Map<string, Judged>();
  for (const watcher of watchers) {
    const [one, known] = [watcher.judgement(clocks), judged.get(watcher.symptom)];
    if (one && (!known || (one.active && !known.active) || (one.active === known.active && one.at < known.at)))
      judged.set(watcher.symptom, one);
  }
  return judged;
}
