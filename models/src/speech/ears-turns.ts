import type { EarsRequest } from './ears.ts';
import { createUtterance, type EarsUtterance, type Transcribe } from './ears-utterance.ts';
import { pauseAfter } from './end-of-turn.ts';
import { createFloorDoubt, means } from './floor-doubt.ts';
import { createOwnVoice } from './own-voice.ts';
import { frameMs } from './sound-frame.ts';
import type { VoiceOf } from './speaker.ts';

/** How likely speech must be for it to begin, and to go on. */
const [begins, goesOn] = [0.5, 0.35];
/** So many frames of speech are a beginning: 96 ms. */
const enough = 3;
/** The wake word is noticed about when it ends (measured); what is left of it must not be taken for more. */
const [wakeTailMs, enoughAfterWake, afterWakeMs] = [32, 8, 500];
/** Sound kept from before speech was noticed: the first consonant is soft. */
const preRoll = 8;
const silentMs = 6000;
/** The recognizer's limit is 30 s. */
const longestMs = 28_000;

export type TurnsOptions = Pick<EarsRequest, 'locale' | 'mode' | 'heard'> & {
  /** Milliseconds of sound before the first frame. */
  fromMs: number;
  /** Absent where nothing can write speech down. */
  transcribe?: Transcribe | undefined;
  /** Asked for at the beginning of an utterance: undefined where nobody is to be known by their voice. */
  voiceOf?: () => VoiceOf | undefined;
  now: () => number;
};

/** Turns of talk out of frames of sound: when somebody begins, what they said so far, and when they are done. Time is that of the sound. */
export function createTurns({ locale, mode: first, heard, fromMs, transcribe, voiceOf, now }: TurnsOptions) {
  let mode = first;
  let atMs = fromMs;
  /** Since when we listen for a first word that has not come; undefined: nobody needs be told that it does not come. */
  let listeningSince: number | undefined;
  let deaf = true;
  let utterance: EarsUtterance | undefined;
  let run = 0;
  let wokeAt = Number.NEGATIVE_INFINITY;
  let startedMs = 0;
  let before: Float32Array[] = [];
  const own = createOwnVoice();
  const doubt = createFloorDoubt(locale, own, (kind) => heard({ kind, atMs }));

  function listen(next: EarsRequest['mode'], anew = false): void {
    if (anew) before = [];
    doubt.passOver();
    utterance = undefined;
    [mode, deaf, run] = [next, next === 'wake', 0];
    listeningSince = deaf ? undefined : atMs;
  }
  function begin(startMs: number, over: boolean): void {
    const kept = before.slice(-(run + preRoll));
    const one = createUtterance({
      before: kept,
      fromMs: Math.round(atMs - kept.length * frameMs),
      transcribe,
      voiceOf: voiceOf?.(),
      onPartial: (text) => {
        if (utterance !== one) return;
        if (doubt.open && !doubt.isNothing(text)) believe();
        if (!doubt.open) heard({ kind: 'partial', text, atMs });
      },
    });
    [utterance, listeningSince, run, startedMs] = [one, undefined, 0, Math.max(fromMs, Math.round(startMs))];
    if (over && transcribe) {
      doubt.begin();
      one.peek();
    } else believe();
  }
  function believe(): void {
    doubt.believe();
    heard({ kind: 'speech-started', atMs: startedMs });
  }
  function end(): void {
    if (doubt.open) believe();
    const [done, endedAt] = [utterance!, now()];
    utterance = undefined;
    if (mode === 'wake') deaf = true;
    heard({ kind: 'speech-ended', atMs });
    if (!transcribe) {
      heard({ kind: 'failed', why: `nothing here writes down speech in ${locale}` });
      return;
    }
    Promise.all([done.whole(), done.voice()]).then(
      ([{ text, confidence }, voice]) => {
        const decodeMs = Math.round(now() - endedAt);
        heard({ kind: 'final', text, confidence, fromMs: done.fromMs, toMs: done.toMs, decodeMs, ...(voice ? { voice } : {}) });
      },
      (error: unknown) => heard({ kind: 'failed', why: `the recognizer broke: ${error instanceof Error ? error.message : String(error)}` }),
    );
  }
  function waitFor(frame: Float32Array, chance: number): void {
    const over = own.heard(atMs) && mode !== 'held';
    const person = over ? own.isPerson(frame, chance >= begins, atMs) : chance >= begins;
    run = person ? run + 1 : Math.max(0, run - 2);
    const needed = over ? means : atMs - wokeAt < afterWakeMs ? enoughAfterWake : enough;
    if (run >= needed) {
      begin(atMs - run * frameMs, over);
      return;
    }
    if (over) doubt.suspect(run);
    if (run === 0) doubt.passOver();
    if (mode === 'held' || listeningSince === undefined || run > 0 || atMs - listeningSince < silentMs) return;
    listeningSince = undefined;
    if (mode === 'wake') deaf = true;
    heard({ kind: 'nothing-said', atMs });
  }
  function follow(frame: Float32Array, chance: number): void {
    const going = utterance!;
    going.add(frame, chance >= goesOn);
    const verdict = doubt.judge(going);
    if (verdict === 'nothing') {
      utterance = undefined;
      doubt.passOver();
      return;
    }
    if (verdict === 'meant') believe();
    const paused = mode !== 'held' && going.silence * frameMs >= pauseAfter(going.text(), locale);
    if (paused || going.frames * frameMs >= longestMs) end();
  }
  listen(first);

  return {
    /** Whether only the wake word counts. */
    get deaf() {
      return deaf;
    },
    get atMs() {
      return atMs;
    },
    hear(frame: Float32Array, chance: number): void {
      atMs += frameMs;
      if (atMs - wokeAt <= wakeTailMs) return;
      before = [...before.slice(1 - preRoll - means), frame];
      if (utterance) follow(frame, chance);
      else if (!deaf) waitFor(frame, chance);
    },
    /** The wake word was said. Our own voice says it too, sometimes. */
    woke(word: string): void {
      if (!deaf || mode !== 'wake' || own.heard(atMs)) return;
      // What was said up to here is the wake word itself.
      [deaf, listeningSince, wokeAt, before, run] = [false, atMs, atMs, [], 0];
      heard({ kind: 'woke', word, atMs });
    },
    finish(): void {
      if (utterance) end();
      else if (listeningSince !== undefined) heard({ kind: 'nothing-said', atMs });
      listeningSince = undefined;
      if (mode !== 'open') deaf = true;
    },
    listen,
    ownVoice: (speaking: boolean, saying?: string) => own.say(speaking, atMs, saying),
  };
}

export type Turns = ReturnType<typeof createTurns>;
