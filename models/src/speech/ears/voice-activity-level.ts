import { levelOf } from './sound-frame.ts';

/** How far above the room speech stands, in decibels: as likely as not at the first, certain from the second on. */
const [likely, spread] = [10, 2];
/** Nothing softer is taken for speech, however quiet the room, in decibels of full scale. */
const softest = -55;
/** How fast the room's level follows, a frame of 32 ms: down at once, up by 3 dB a second, so that a sentence does not become the room. */
const risesDb = 0.1;

/**
 * Tells speech from silence by level alone, against the level of the room: no weights, and no match for a door or a radio. For the lite tier.
 * Gives how likely speech is, frame by frame of 32 ms.
 */
export function createLevelActivity(): (frame: Float32Array) => number {
  let room = softest;
  return (frame) => {
    const level = levelOf(frame);
    room = level < room ? Math.max(level, softest - likely) : Math.min(level, room + risesDb);
    if (level < softest) return 0;
    return 1 / (1 + Math.exp(-(level - room - likely) / spread));
  };
}
