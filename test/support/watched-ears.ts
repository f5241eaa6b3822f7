import type { Ears, Heard } from '@wayside/models';

/** Softer than this is no word, of 32,768: 40 dB below full scale. */
const murmur = 300;
/** Half a second without a sound ends a saying, in samples. */
const rest = 8_000;

/** Ears that tell a test what they heard and when, by the samples of the microphone and by no clock. */
export function watchEars(ears: Ears) {
  const heard: Heard[] = [];
  let [samples, ownFrom, loudFrom] = [0, Number.POSITIVE_INFINITY, 0];
  let loudAt = Number.NEGATIVE_INFINITY;
  function listenFor(sound: Int16Array): void {
    for (const value of sound) {
      samples++;
      if (Math.abs(value) < murmur) continue;
      if (samples - loudAt > rest) loudFrom = samples;
      loudAt = samples;
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
      ownVoice(on, saying) {
        ownFrom = on ? samples : Number.POSITIVE_INFINITY;
        stream.ownVoice(on, saying);
      },
    };
  };
  return {
    ears: { ...ears, open },
    heard,
    /** Our own voice has been in the room for so long. */
    ownMs: () => (samples - ownFrom) / 16,
    /** When the last saying began, as the times in `heard`. */
    loudFromMs: () => loudFrom / 16,
  };
}
