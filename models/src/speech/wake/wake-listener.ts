import type { WakeFrontEnd } from './wake-front-end.ts';
import { hop, overlap, stepFrames, width, windowFrames, windowSteps } from './wake-shape.ts';

/**
 * A wake word: how likely it was just said, 0 to 1, by the last 16 embeddings, and from which chance on it holds. `twice`: two judgements in a row must
 * agree, so the lower of them counts; what only sounds like the word for a moment wakes nothing, at the price of 80 ms.
 */
export type WakeHead = {
  word: string;
  from: number;
  twice?: boolean;
  chance: (embeddings: Float32Array) => number | Promise<number>;
};

const step = stepFrames * hop;
const keptFrames = windowFrames + (windowSteps - 1) * stepFrames;
const keptSamples = keptFrames * hop + overlap;

/** Numbers of which the last so many are kept. */
function createTail(length: number) {
  const kept = new Float32Array(length);
  return {
    kept,
    add(more: Float32Array): void {
      const fresh = more.subarray(Math.max(0, more.length - length));
      kept.copyWithin(0, fresh.length);
      kept.set(fresh, length - fresh.length);
    },
  };
}

/**
 * Listens for wake words at one microphone. It computes only while `awake` (somebody speaks); what came just before is then made up for in one go, so
 * that a word that begins with silence behind it is judged like any other. While nobody speaks it costs a copy.
 */
export function createWakeListener(frontEnd: WakeFrontEnd, heads: readonly WakeHead[]) {
  const samples = createTail(keptSamples);
  const embeddings = createTail(windowSteps * width);
  /** Samples that no mel frame was made of yet; undefined: the chain is behind by more than it keeps. */
  let fresh: number | undefined;
  let embed = frontEnd.embedder();
  /** What each head thought 80 ms ago; nothing while nobody spoke. */
  let before: number[] = [];

  async function follow(): Promise<void> {
    if (fresh === undefined || fresh >= keptSamples - overlap) {
      embed = frontEnd.embedder();
      embeddings.add(await embed(await frontEnd.spectrogram(samples.kept)));
      fresh = 0;
      return;
    }
    const steps = Math.floor(fresh / step);
    const late = fresh - steps * step;
    const end = samples.kept.length - late;
    embeddings.add(await embed(await frontEnd.spectrogram(samples.kept.subarray(end - steps * step - overlap, end))));
    fresh = late;
  }
  return {
    /** Takes sound in [-1, 1]. Gives the chance of each head, in their order, whenever 80 ms more were judged. */
    async hear(sound: Float32Array, awake: boolean): Promise<number[] | undefined> {
      samples.add(sound);
      if (!awake) {
        [fresh, before] = [undefined, []];
        return undefined;
      }
      if (fresh !== undefined) fresh += sound.length;
      if (fresh !== undefined && fresh < step) return undefined;
      await follow();
      const chances: number[] = [];
      for (const { chance } of heads) chances.push(await chance(embeddings.kept));
      const sure = chances.map((chance, at) => (heads[at]!.twice ? Math.min(chance, before[at] ?? 0) : chance));
      before = chances;
      return sure;
    },
  };
}
