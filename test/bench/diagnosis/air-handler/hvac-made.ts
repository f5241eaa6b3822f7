import { type Bench, some } from '../../measure.ts';
import { replay } from '../hvac-replay.ts';
import { lineOf, rowsOf } from '../hvac-rows.ts';
import type { Scored } from '../hvac-score.ts';
import { liveLife } from './life.ts';

const units = 100;

/** Air handlers nobody tuned anything to: each another one, computed from the balances of air and heat, with the faults of the LBNL inventory. */
export const hvacMade: Bench = {
  name: 'hvac-made',
  title: 'Air handlers computed from the balances of air and heat, day by day, judged as hvac-fdd is',
  async run({ share, seed = 0, say }) {
    const scored: Scored[] = [];
    for (let n = 0; n < some(units, share); n++) {
      const life = liveLife(seed + n);
      const calls = await replay(life.map(({ day }) => day));
      scored.push(...calls.map((call, d) => ({ ...call, truth: life[d]!.truth })));
    }
    for (const one of scored) say(lineOf(one));
    return rowsOf(scored, undefined);
  },
};
