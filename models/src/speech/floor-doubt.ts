import type { Locale } from '@wayside/protocol';
import { isBackChannel } from './end-of-turn.ts';
import type { OwnVoice } from './own-voice.ts';

/** Over our own voice somebody may be speaking after 96 ms, and means it, longer than an "uh-huh", after 416 ms. */
export const [maybe, means] = [3, 13];
/** Then their words decide, if they are written down before so much was said; after this much of silence it is over. */
const [longest, pause] = [47 + means, 13];

/** What somebody says over our own voice, as far as it goes: frames, frames since they spoke, and the words if those are written down. */
type Saying = { readonly frames: number; readonly silence: number; text(): string | undefined };

/** Whether who speaks over our own voice wants the floor: our voice is held from the first sign on, and what they say decides. */
export function createFloorDoubt(locale: Locale, own: OwnVoice, tell: (kind: 'speech-likely' | 'back-channel') => void) {
  let likely = false;
  let open = false;
  /** An "uh-huh" and our own words, come back, want nothing. */
  const isNothing = (text: string) => text.trim() === '' || isBackChannel(text, locale) || own.isEcho(text);
  return {
    /** They have begun to say something, and what they want is not known yet. */
    get open() {
      return open;
    },
    isNothing,
    /** After so many frames of a voice that is not ours. */
    suspect(frames: number): void {
      if (frames !== maybe || likely) return;
      likely = true;
      tell('speech-likely');
    },
    begin(): void {
      open = true;
    },
    /** Judges what was said so far. */
    judge({ frames, silence, text }: Saying): 'nothing' | 'meant' | undefined {
      if (!open) return undefined;
      const words = silence >= pause ? text() : undefined;
      if (words !== undefined && isNothing(words)) return 'nothing';
      return frames >= longest && silence === 0 ? 'meant' : undefined;
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
