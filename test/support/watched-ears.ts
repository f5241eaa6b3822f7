import type { Ears, Heard } from '@wayside/models';

/** Softer than this is no word, of 32,768: 40 dB below full scale. */
const murmur = 300;

/** Ears that tell a test what they heard and when, by the samples of the microphone and by no clock. */
export function watchEars(ears: Ears) {
  const heard: Heard[] = [];
  let [samples, ownFrom] = [0, Number.POSITIVE_INFINITY];
  /** The hundredths of a second in which somebody was heard. */
  const loud = new Set<number>();
  function listenFor(sound: Int16Array): void {
    for (const value of sound) {
      samples++;
      if (Math.abs(value) >= murmur) loud.add(Math.floor(samples / 160));
    }
  }
  const open: Ears['open'] = (request) => {
    const tell: typeof request.heard = (what) => {
      heard.push(what);
      request.heard(what);
    };
    const stream = ears.open({ ...request, heard: tell });
    return {
      ...stream,
      write(sound) {
        listenFor(sound);
        stream.write(sound);
      },
      ownVoice(on, ...saying) {
        ownFrom = on ? samples : Number.POSITIVE_INFINITY;
        stream.ownVoice(on, ...saying);
      },
    };
  };
  return {
    ears: { ...ears, open },
    heard,
    /** Our own voice has been in the room for so long. */
    ownMs: () => (samples - ownFrom) / 16,
    /** How much of a voice came between two moments; what a machine that is too busy lost of it does not count. */
    voiceMs: (from: number, to: number) => 10 * [...loud].filter((at) => at * 10 >= from && at * 10 < to).length,
    atMs: () => samples / 16,
  };
}
