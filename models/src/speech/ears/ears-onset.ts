import { listens, maybe } from './floor-doubt.ts';
import type { OwnVoice } from './own-voice.ts';
import { frameMs, type Spell } from './sound-frame.ts';

/** How likely speech must be for it to begin; and to be the sign for which our own voice is held, as the first sound of a word is judged low. */
const [begins, signs] = [0.5, 0.3];
/** So many frames of speech are a beginning: 96 ms; over our own voice, where no words can decide, as many as no "uh-huh" lasts. */
const [enough, enoughOver] = [3, 13];
/** The wake word is noticed about when it ends (measured); what is left of it must not be taken for more. */
const [wakeTailMs, enoughAfterWake, afterWakeMs] = [32, 8, 500];
/** Sound kept from before speech was noticed: the first consonant is soft. */
const preRoll = 8;

/** The first words of an utterance: the sound kept of them, when they were first heard, and whether they come over our own voice. */
export type Onset = Spell & { startedMs: number; over: boolean };

/** Frames in a row; one that is missing costs two. */
const next = (run: number, one: boolean): number => (one ? run + 1 : Math.max(0, run - 2));

/** Notices, frame by frame, that somebody begins to speak. `writes`: can their words be written down, to decide what they want? */
export function createOnset(own: OwnVoice, writes: boolean) {
  let [run, signRun] = [0, 0];
  let wokeAt = Number.NEGATIVE_INFINITY;
  let before: Float32Array[] = [];
  return {
    /** Frames in a row in which somebody spoke. */
    get run() {
      return run;
    },
    /** Keeps a frame, whether anybody is listened to or not; false for what is still the wake word. */
    keep(frame: Float32Array, atMs: number): boolean {
      if (atMs - wokeAt <= wakeTailMs) return false;
      before = [...before.slice(1 - preRoll - enoughOver), frame];
      return true;
    },
    /** Somebody has begun with this frame, or has not; `perhaps`: over our own voice they may have. `held`: the button says that all of it is meant. */
    hear(frame: Float32Array, chance: number, atMs: number, held: boolean): Onset | 'perhaps' | undefined {
      const over = own.heard(atMs) && !held;
      const sign = over ? own.isPerson(frame, chance >= signs, atMs) : chance >= signs;
      run = next(run, sign && chance >= begins);
      signRun = next(signRun, sign);
      const needed = over ? (writes ? listens : enoughOver) : atMs - wokeAt < afterWakeMs ? enoughAfterWake : enough;
      if (run < needed) return over && signRun >= maybe ? 'perhaps' : undefined;
      const kept = before.slice(-(run + preRoll));
      const startedMs = Math.round(atMs - run * frameMs);
      [run, signRun] = [0, 0];
      return { before: kept, fromMs: Math.round(atMs - kept.length * frameMs), startedMs, over };
    },
    /** From here on something else begins. `anew`: nobody was listened to, so nothing from before is part of it. */
    reset(anew: boolean): void {
      [run, signRun] = [0, 0];
      if (anew) before = [];
    },
    /** The wake word was said: up to here all was the wake word. */
    woke(atMs: number): void {
      [wokeAt, before, run, signRun] = [atMs, [], 0, 0];
    },
  };
}
