import { describe, expect, it } from 'vitest';
import { createModels } from '../../models.ts';
import { readWav } from '../sound-fixture.ts';
import { likeness, meanVoice } from './likeness.ts';
import { loadSpeaker, melOf, windowsOf } from './speaker.ts';

const sound = (name: string) => Float32Array.from(readWav(new URL(`../sounds/${name}.wav`, import.meta.url)), (value) => value / 32_768);
const temperature = sound('whats-the-temperature');

describe('how a voice sounds', () => {
  it('is judged by the mel frames that librosa 0.11 makes of it', () => {
    const mel = melOf(temperature);
    expect(mel).toHaveLength(218);
    // librosa.feature.melspectrogram(y, sr=16000, n_fft=400, hop_length=160, n_mels=40, pad_mode='reflect')
    for (const [frame, band, energy] of [
      [60, 3, 0.13804281],
      [80, 10, 0.02158035],
      [100, 20, 0.00349969],
      [110, 35, 0.00067777],
    ] as const)
      expect(mel[frame]![band]! / energy).toBeCloseTo(1, 4);
  });

  it('is looked at in windows of 1.6 s, the last of which may lack a quarter', () => {
    expect(windowsOf(40)).toEqual([0]);
    expect(windowsOf(196)).toEqual([0]);
    expect(windowsOf(197)).toEqual([0, 77]);
    expect(windowsOf(300)).toEqual([0, 77, 154]);
  });

  const path = createModels().resolve('speaker-ge2e');
  if (!path) console.warn('SKIPPED, whose voice it is: its model is not here: wayside models pull speaker-ge2e');
  it.skipIf(!path)(
    'is the vector that the published weights give, computed cell by cell in NumPy, alike for what one person says',
    async () => {
      const voiceOf = await loadSpeaker(path!);
      const said = await voiceOf(temperature);
      // The mean of two windows by a loop over the gates of each of the three layers.
      for (const [at, value] of [
        [109, 0.22885],
        [177, 0.21114],
        [243, 0.19409],
        [193, 0.19251],
      ] as const)
        expect(said[at]).toBeCloseTo(value, 3);
      expect(Math.hypot(...said)).toBeCloseTo(1, 5);
      const reader = sound('ill-disposed-young-man');
      const [first, second] = [await voiceOf(reader.subarray(0, reader.length / 2)), await voiceOf(reader.subarray(reader.length / 2))];
      expect(likeness(first, second)).toBeGreaterThan(0.74);
      expect(likeness(meanVoice([first, second]), said)).toBeLessThan(0.74);
    },
  );
});
