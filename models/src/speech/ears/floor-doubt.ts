import { isBackChannel, isOrder, isSentence } from '../back-channel.ts';
import type { Transcript } from '../recognizer.ts';
import type { OwnVoice } from './own-voice.ts';

/** Over our own voice somebody may be speaking after 96 ms; after 160 ms it is no click, and their words are asked for. */
export const [maybe, listens] = [3, 5];
/** Shorter than this, ms, are an "uh-huh", a cough, and a "stop"; shorter than the second is a hum that was written down as a word nobody is sure of. */
const [shortMs, unsureMs] = [416, 704];
/** What is heard rightly is hardly ever less sure (docs/benchmarks/voice.md: 0.25 to 0.5 for what is wrong, 0.6 and more else). */
const unsure = 0.45;
/** Who goes on for so long wants the floor whatever they say; after this much of silence it is over. */
const [longest, pause] = [60, 13];
/**
 * So long is waited for a recognizer that is behind: 3 s of sound, and as much of the clock, for what waited while a recognizer was loaded is heard in a
 * moment. Our voice is held meanwhile.
 */
const [patience, patienceMs] = [94, 3_000];

/** What somebody says over our own voice: its frames, those since they last spoke, how long they spoke, ms, and the words once those are written down. */
type Saying = { frames: number; silence: number; spokenMs: number; words: Transcript | undefined };

/**
 * Whether who speaks over our own voice wants the floor. Our voice is held from the first sign on, which is all they notice; so there is time to let
 * their words decide, and those of a whole saying rather than of its beginning: half an "uh-huh" is written down as anything.
 */
export function createFloorDoubt(own: OwnVoice, now: () => number, tell: (kind: 'speech-likely' | 'back-channel') => void) {
  let likely = false;
  let open = false;
  /** Since when their words are waited for, by the clock. */
  let waitsSince: number | undefined;
  /** A sign of listening and our own words, come back, want nothing; nor does a noise that sounds like a word. */
  function isNothing({ text, confidence }: Transcript, spokenMs: number): boolean {
    if (isBackChannel(text, own.asks) || own.isEcho(text)) return true;
    const faint = spokenMs < shortMs || (spokenMs < unsureMs && confidence < unsure);
    return faint && !isOrder(text) && !(own.asks && isBackChannel(text));
  }
  return {
    /** They have begun to say something, and what they want is not known yet. */
    get open() {
      return open;
    },
    suspect(): void {
      if (likely) return;
      likely = true;
      tell('speech-likely');
    },
    begin(): void {
      [open, waitsSince] = [true, undefined];
    },
    /** Are the words so far enough to be sure, though more may come? */
    isMeant: (text: string, spokenMs: number): boolean => spokenMs >= shortMs && isSentence(text) && !own.isEcho(text),
    /** Judges what was said, once it is over or long enough; `wait`: it is over, and not written down yet. */
    judge({ frames, silence, spokenMs, words }: Saying): 'nothing' | 'meant' | 'wait' | undefined {
      if (!open) return undefined;
      if (silence < pause || words) waitsSince = undefined;
      if (silence < pause) return frames >= longest && silence === 0 ? 'meant' : undefined;
      if (!words) {
        waitsSince ??= now();
        return silence < patience || now() - waitsSince < patienceMs ? 'wait' : 'meant';
      }
      return isNothing(words, spokenMs) ? 'nothing' : 'meant';
    },
    /** They want the floor. */
    believe(): void {
      [likely, open] = [false, false];
    },
    /** They do not: whoever holds our voice for this goes on. */
    passOver(): void {
      if (!likely && !open) return;
      [likely, open] = [false, false];
      tell('back-channel');
    },
  };
}
