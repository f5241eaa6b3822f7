import { levelOf } from './sound-frame.ts';

/** How far above our own voice, as this microphone hears it, a person must be, in decibels. */
const above = 6;
/** From the first words of our own voice its level here is learned: nobody interrupts that early. */
const learnMs = 500;
/** A room goes on sounding after we stop. */
const echoMs = 300;
/** How fast the level of our own voice is taken for higher than it was, in decibels a frame: 1.5 a second. */
const risesDb = 0.05;

/** Words of a text; of Chinese its characters. */
const wordsOf = (text: string): string[] => text.toLowerCase().match(/\p{Script=Han}|[\p{L}\p{N}']+/gu) ?? [];

/**
 * Tells a person from our own voice coming back through the microphone, by level: what is no louder than we have been here is us. Where the browser or
 * the sound card takes our voice out, we are hardly heard and every voice is a person's.
 */
export function createOwnVoice() {
  let speaking = false;
  let [since, until] = [0, Number.NEGATIVE_INFINITY];
  let level = -100;
  let saying = '';
  let asks = false;
  return {
    /** Does what we say put a question, to which a short word is the reply? */
    get asks() {
      return asks;
    },
    /** Our own voice begins or ends; `words`: what it says, as far as that is known. */
    say(now: boolean, atMs: number, words?: string, question = false): void {
      if (now) asks = question;
      if (now && words !== undefined) saying = words;
      if (now === speaking) return;
      speaking = now;
      if (now) [since, level] = [atMs, atMs < until ? level : -100];
      else until = atMs + echoMs;
    },
    /** Is our voice in the room? */
    heard: (atMs: number): boolean => speaking || atMs < until,
    /** Are these words only ours, come back? Fewer than three of the same may be a person's question. */
    isEcho(text: string): boolean {
      const [back, said] = [wordsOf(text), new Set(wordsOf(saying))];
      return back.length >= 3 && back.filter((word) => said.has(word)).length >= 0.8 * back.length;
    },
    /** Is the voice in this frame a person's? */
    isPerson(frame: Float32Array, voiced: boolean, atMs: number): boolean {
      if (!speaking && atMs >= until) return voiced;
      const here = levelOf(frame);
      if (speaking && atMs - since < learnMs) {
        if (voiced) level = Math.max(level, here);
        return false;
      }
      if (!voiced || here > level + above) return voiced;
      level = Math.max(level, Math.min(here, level + risesDb));
      return false;
    },
  };
}

export type OwnVoice = ReturnType<typeof createOwnVoice>;
