import type { Pack } from '@wayside/packs';
import type { Told } from '../../diagnosis/watch.ts';
import { emergencyIntent } from '../grammar/alarm.ts';
import type { TalkedAbout } from '../respond-types.ts';
import type { SessionState } from '../state.ts';
import type { Understanding } from './understand.ts';

/** What the utterance tells about the machine: an answer to our question, or something noticed unasked. */
export function toldBy(
  understanding: Understanding,
  state: SessionState,
  thing: TalkedAbout | undefined,
  pack: Pack | undefined,
  at: number,
): Told[] {
  if (!thing) return [];
  if (understanding.kind === 'answer' && state.pendingQuestion?.thing === thing.id)
    return [{ observation: understanding.observation, answer: understanding.answer, at }];
  if (understanding.kind !== 'intent' || !['observe', emergencyIntent].includes(understanding.intent)) return [];
  const { observation, answer: given } = understanding.slots;
  if (observation === undefined || !pack?.observations[observation]) return [];
  return [{ observation, answer: given === 'no' ? 'no' : 'yes', at }];
}
