import type { Transcript } from '../recognizer.ts';
import type { VoiceOf } from '../speaker/speaker.ts';
import { frameMs, frameSamples, type Spell } from './sound-frame.ts';

/** Writes down a piece of speech; may be asked again with more of the same. `beside`: it is said beside our own voice, so it may be an "uh-huh". */
export type Transcribe = (speech: Float32Array, beside: boolean) => Promise<Transcript>;

/** Silence left behind the last word, in frames: a recognizer that gets none cuts the word short. */
const tail = 6;
/** Between two partial transcripts lie so many frames at least, and twice the time the last one took. */
const partialEvery = 20;
/** Of less than 1.1 s nobody's voice can be told. */
const leastForVoice = 34;

/** What of an utterance was written down: up to which frame, and as what. */
type Written = { to: number; transcript: Transcript };

/**
 * One utterance as it grows: its sound, how far it was spoken, and what of it is written down. A pause is written down while it lasts, so that when it
 * proves to be the end nothing is left to do.
 */
export function createUtterance({
  before,
  fromMs,
  transcribe,
  voiceOf,
  beside,
  onPartial,
}: Spell & { beside: boolean; voiceOf?: VoiceOf | undefined; transcribe?: Transcribe | undefined; onPartial: (text: string) => void }) {
  const frames = [...before];
  let spoken = frames.length;
  let written: Written | undefined;
  let writing: Promise<void> | undefined;
  /** Up to where it was tried, well or not: what breaks is not tried again with every frame. */
  let tried = 0;
  let notBefore = frames.length + partialEvery;
  let voiced: { to: number; voice: Promise<Float32Array | undefined> } | undefined;

  function sound(): Float32Array {
    const kept = frames.slice(0, spoken + tail);
    const all = new Float32Array(kept.length * frameSamples);
    for (const [at, frame] of kept.entries()) all.set(frame, at * frameSamples);
    return all;
  }
  /** Writes down all there is; of two at once the second waits for the first. */
  function write(): Promise<void> {
    if (!transcribe || written?.to === spoken) return Promise.resolve();
    writing ??= (async () => {
      const [to, began] = [spoken, frames.length];
      tried = to;
      try {
        written = { to, transcript: await transcribe(sound(), beside) };
        notBefore = Math.max(began + partialEvery, frames.length + 2 * (frames.length - began));
        onPartial(written.transcript.text);
      } finally {
        writing = undefined;
      }
    })();
    return writing;
  }
  /** Whose it is, judged while the pause lasts. What breaks here costs the turn nothing. */
  function voice(): Promise<Float32Array | undefined> | undefined {
    if (!voiceOf || spoken < leastForVoice) return undefined;
    if (voiced?.to !== spoken) voiced = { to: spoken, voice: voiceOf(sound()).catch(() => undefined) };
    return voiced.voice;
  }
  return {
    fromMs,
    voice,
    get toMs() {
      return fromMs + Math.round(spoken * frameMs);
    },
    get frames() {
      return frames.length;
    },
    /** Frames since somebody spoke. */
    get silence() {
      return frames.length - spoken;
    },
    add(frame: Float32Array, voiced: boolean): void {
      frames.push(frame);
      if (voiced) spoken = frames.length;
      const silence = frames.length - spoken;
      if (silence === 4) void voice();
      // What breaks here is told when the turn ends, where it costs something.
      if (((silence >= 4 && tried !== spoken) || (voiced && frames.length >= notBefore)) && !writing) write().catch(() => {});
    },
    /** The words so far, or undefined while what was said last is not written down yet. */
    words: () => (written?.to === spoken ? written.transcript : undefined),
    /** All of it, written down. @throws when the recognizer breaks */
    async whole(): Promise<Transcript> {
      await writing?.catch(() => {});
      await write();
      return written!.transcript;
    },
  };
}

export type EarsUtterance = ReturnType<typeof createUtterance>;
