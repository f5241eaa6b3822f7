import type { Progress } from '../../repair/progress.ts';
import type { Midway } from '../understand/midway.ts';
import { running } from './decide-repair.ts';
import { unheard } from './decide-unheard.ts';
import type { Move } from './move.ts';
import type { Situation } from './situation.ts';

/** Told in the middle of a step. Where `stops`, no step is shown until the person says to go on; the place in the repair is kept either way. */
export type MidwayMove = { kind: 'midway'; midway: Midway; progress: Progress; stops: boolean; heard: string };

/** What is told in the middle of a step: it moves nobody on. */
export function midway(situation: Situation, which: Midway, heard: string): Move {
  const { progress } = running(situation) ?? {};
  if (!progress) return unheard(situation, undefined);
  return { kind: 'midway', midway: which, progress, stops: which === 'danger' || which === 'broke', heard };
}
