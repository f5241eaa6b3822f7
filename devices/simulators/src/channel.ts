import type { Scenario } from '@wayside/packs';
import { parseSpan, type Value } from '@wayside/protocol';
import { createRandom, gaussian } from './random.ts';

type Wave = Scenario['base']['signals'][string];
export type Change = Omit<Scenario['timeline'][number], 'at'>;

type Effect =
  | { do: 'none' | 'freeze' | 'drop' }
  | { do: 'set'; to: Value }
  | { do: 'ramp' | 'offset'; from: number; to: number; start: number; over: number };

const span = (text: string) => parseSpan(text) as number;

/** Six digits, as a good sensor gives; large counters keep their last. */
const round = (value: number): number => (Math.abs(value) >= 100_000 ? Math.round(value) : Number(value.toPrecision(6)));

/**
 * One signal of a running scenario: what the base says (a recording or a wave), under what a change has laid over it.
 * - set: exactly that value. ramp: from the last value to `to`; the wave's noise stays, and shrinks with the level so that nothing is
 *   left at nought. offset: added to the base, and a later offset goes on from where this one is. freeze: the last value again.
 *   drop: nothing. release: the base again.
 */
export function createChannel(name: string, seed: number, wave: Wave | undefined) {
  const random = createRandom(seed, name);
  let effect: Effect = { do: 'none' };
  let last: Value | undefined;

  const between = (moving: { from: number; to: number; start: number; over: number }, t: number): number => {
    const share = moving.over === 0 ? 1 : Math.min(1, Math.max(0, (t - moving.start) / moving.over));
    return moving.from + (moving.to - moving.from) * share;
  };

  const waveAt = (t: number, noise: number): Value | undefined => {
    if (wave === undefined || typeof wave.value !== 'number') return wave?.value;
    return wave.value + wave.swing * Math.sin((2 * Math.PI * t) / span(wave.period)) + wave.noise * noise;
  };

  const laidOver = (base: Value | undefined, t: number, noise: number): Value | undefined => {
    switch (effect.do) {
      case 'set':
        return effect.to;
      case 'ramp': {
        const level = between(effect, t);
        if (typeof wave?.value !== 'number') return level;
        const share = wave.value === 0 ? 1 : Math.min(1, Math.abs(level / wave.value));
        return level + wave.noise * noise * share;
      }
      case 'offset':
        return typeof base === 'number' ? base + between(effect, t) : base;
      case 'freeze':
        return last ?? base;
      case 'drop':
        return undefined;
      case 'none':
        return base;
    }
  };

  return {
    /** The value at `t` (ms), or undefined when the signal is silent. Called once a step, so that the noise keeps its place in the stream. */
    at(t: number, recorded: Value | undefined): Value | undefined {
      const noise = wave?.noise ? gaussian(random) : 0;
      const said = laidOver(wave === undefined ? recorded : waveAt(t, noise), t, noise);
      const rounded = typeof said === 'number' && said !== recorded ? round(said) : said;
      if (rounded !== undefined) last = rounded;
      return rounded;
    },
    /** Lays a change over the base from `start` (ms) on. `recorded` is what a recording says at that time. */
    change({ do: what, to, over }: Change, start: number, recorded: Value | undefined): void {
      const moving = { to: to as number, start, over: span(over) };
      if (what === 'set') effect = { do: 'set', to: to as Value };
      else if (what === 'freeze' || what === 'drop') effect = { do: what };
      else if (what === 'release') effect = { do: 'none' };
      else if (what === 'offset') effect = { do: 'offset', from: effect.do === 'offset' ? between(effect, start) : 0, ...moving };
      else if (what === 'ramp') {
        const from = effect.do === 'ramp' ? between(effect, start) : (last ?? recorded ?? wave?.value);
        effect = { do: 'ramp', from: typeof from === 'number' ? from : (to as number), ...moving };
      }
    },
  };
}

export type Channel = ReturnType<typeof createChannel>;
