import type { EarsRequest } from '../ears.ts';
import type { VoiceOf } from '../speaker/speaker.ts';
import { createOnset, type Onset } from './ears-onset.ts';
import { createUtterance, type EarsUtterance, type Transcribe } from './ears-utterance.ts';
import { pauseAfter } from './end-of-turn.ts';
import { createFloorDoubt } from './floor-doubt.ts';
import { createOwnVoice } from './own-voice.ts';
import { frameMs } from './sound-frame.ts';

/** How likely speech must be for it to go on. */
const goesOn = 0.35;
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
  let startedMs = 0;
  const own = createOwnVoice();
  const onset = createOnset(own, transcribe !== undefined);
  const doubt = createFloorDoubt(own, now, (kind) => heard({ kind, atMs }));

  function listen(next: EarsRequest['mode'], anew = false): void {
    onset.reset(anew);
    doubt.passOver();
    utterance = undefined;
    [mode, deaf] = [next, next === 'wake'];
    listeningSince = deaf ? undefined : atMs;
  }
  function begin({ before, fromMs: beganMs, startedMs: spokeMs, over }: Onset): void {
    const one = createUtterance({
      before,
      fromMs: beganMs,
      transcribe,
      voiceOf: voiceOf?.(),
      beside: over,
      onPartial: (text) => {
        if (utterance !== one) return;
        if (doubt.open && doubt.isMeant(text, one.toMs - startedMs)) believe();
        if (!doubt.open) heard({ kind: 'partial', text, atMs });
      },
    });
    [utterance, listeningSince, startedMs] = [one, undefined, Math.max(fromMs, spokeMs)];
    if (over && transcribe) doubt.begin();
    else believe();
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
    const begun = onset.hear(frame, chance, atMs, mode === 'held');
    if (begun === 'perhaps') doubt.suspect();
    else if (begun) {
      begin(begun);
      return;
    }
    if (onset.run === 0) doubt.passOver();
    if (mode === 'held' || listeningSince === undefined || onset.run > 0 || atMs - listeningSince < silentMs) return;
    listeningSince = undefined;
    if (mode === 'wake') deaf = true;
    heard({ kind: 'nothing-said', atMs });
  }
  function follow(frame: Float32Array, chance: number): void {
    const going = utterance!;
    going.add(frame, chance >= goesOn);
    const { frames, silence, toMs } = going;
    const words = going.words();
    const verdict = doubt.judge({ frames, silence, words, spokenMs: toMs - startedMs });
    if (verdict === 'wait') return;
    if (verdict === 'nothing') {
      utterance = undefined;
      doubt.passOver();
      return;
    }
    if (verdict === 'meant') believe();
    const paused = mode !== 'held' && silence * frameMs >= pauseAfter(words?.text, locale);
    if (paused || frames * frameMs >= longestMs) end();
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
      if (!onset.keep(frame, atMs)) return;
      if (utterance) follow(frame, chance);
      else if (!deaf) waitFor(frame, chance);
    },
    /** The wake word was said. Our own voice says it too, sometimes. */
    woke(word: string): void {
      if (!deaf || mode !== 'wake' || own.heard(atMs)) return;
      onset.woke(atMs);
      [deaf, listeningSince] = [false, atMs];
      heard({ kind: 'woke', word, atMs });
    },
    finish(): void {
      if (utterance) end();
      else if (listeningSince !== undefined) heard({ kind: 'nothing-said', atMs });
      listeningSince = undefined;
      if (mode !== 'open') deaf = true;
    },
    listen,
    ownVoice: (speaking: boolean, saying?: string, asks?: boolean) => own.say(speaking, atMs, saying, asks),
  };
}

export type Turns = ReturnType<typeof createTurns>;
