import type { Ears, EarsRequest, Heard, SpokenPiece, Synthesizer } from '@wayside/models';
import type { Locale } from '@wayside/protocol';

/** Ears that hear what a test tells them to, and remember what they were told. */
export function scriptedEars(): Ears & {
  heard(heard: Heard): void;
  told: string[];
  warmed: (Locale | undefined)[];
  samples(): number;
  isOpen(): boolean;
} {
  let request: EarsRequest | undefined;
  let samples = 0;
  const told: string[] = [];
  const warmed: (Locale | undefined)[] = [];
  return {
    told,
    warmed,
    samples: () => samples,
    isOpen: () => request !== undefined,
    heard: (heard) => request?.heard(heard),
    hears: (locale) => locale === 'en',
    warm: (locale) => void warmed.push(locale),
    open(asked) {
      request = asked;
      return {
        write(sound) {
          samples += sound.length;
        },
        finish: () => void told.push('finish'),
        listen: (mode) => void told.push(mode),
        favour: ({ phrases }) => void told.push(`favour ${phrases.length} phrases`),
        tellVoices: (on) => void (on && told.push('tell voices')),
        ownVoice: (on) => void told.push(on ? 'own voice' : 'own voice over'),
        close() {
          request = undefined;
        },
      };
    },
    state: () => ({ state: 'ready', wakeWord: 'hey wayside' }),
    stop: async () => {},
  };
}

/** A mouth of known pace: silence, so many ms for each word, a piece for each sentence. */
export function scriptedMouth(msPerWord = 20): Synthesizer & { asked: string[] } {
  const asked: string[] = [];
  const rate = 8000;
  return {
    asked,
    speaks: () => true,
    warm() {},
    async *speak({ text, signal }): AsyncIterable<SpokenPiece> {
      asked.push(text);
      for (const piece of text.match(/[^.!?。]+[.!?。]*\s*/g) ?? []) {
        if (signal?.aborted) return;
        yield { text: piece.trim(), rate, sound: new Int16Array(piece.trim().split(' ').length * msPerWord * 8) };
      }
    },
    state: () => ({ state: 'ready', voice: 'scripted' }),
    stop: async () => {},
  };
}
