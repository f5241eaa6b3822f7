import { until } from '../../support/site.ts';
import { beforePutBack, command, offer, talk } from './journeys.ts';
import { count, createLedger, type Ledger } from './ledger.ts';
import { comesOnce, type Journey, moments, sideOf } from './moments.ts';
import { createPair, type Pair } from './pair.ts';

/** Of one moment: how often a process died there and all was as it must be, what was acknowledged around it, and what was not as it must be. */
export type MomentHunt = { died: number; turns: number; cases: number; articles: number; commands: number; wrong: string[] };

/** What is done until the process has died. */
const journeys: Record<Journey, (pair: Pair, ledger: Ledger, n: string) => Promise<void>> = {
  talk,
  command,
  offer,
  // The edge that was put back finds out when it talks.
  'put-back': talk,
};

/**
 * A real edge and a real hub; for each moment one of them dies there as of kill -9, the given time it is reached, and is started again, while
 * somebody insists on what was not acknowledged. Then all that ever was is counted on both sides.
 * @param times of each moment, at which times of reaching it; of one that comes once, the first time in as many lives
 * @param onEach told of each moment when it is through
 */
export async function huntFailpoints(
  names: readonly string[],
  times: readonly number[],
  onEach: (name: string, hunt: MomentHunt) => void = () => {},
): Promise<Record<string, MomentHunt>> {
  const hunts: Record<string, MomentHunt> = {};
  const ledger = createLedger();
  const size = () => ({ turns: ledger.said.size, cases: ledger.cases.size, articles: ledger.articles.size, commands: ledger.agreed.size });
  const pair = await createPair();
  try {
    for (const name of names) {
      const before = size();
      const hunt: MomentHunt = { died: 0, ...before, wrong: [] };
      for (const time of times) {
        try {
          await dieAt(pair, ledger, name, time, `${name}-${time}`);
          await count(pair, ledger);
          hunt.died++;
        } catch (error) {
          hunt.wrong.push(`time ${time}: ${(error as Error).message}`);
        }
      }
      const after = size();
      for (const what of ['turns', 'cases', 'articles', 'commands'] as const) hunt[what] = after[what] - before[what];
      hunts[name] = hunt;
      onEach(name, hunt);
    }
  } finally {
    await pair.close();
  }
  return hunts;
}

async function dieAt(pair: Pair, ledger: Ledger, name: string, time: number, label: string): Promise<void> {
  const [side, journey] = [sideOf(name), moments[name] as Journey];
  if (journey === 'put-back') await beforePutBack(pair, ledger, label);
  else await pair.stop(side);
  const { again, hasDied } = pair.startToDie(side, name, comesOnce.has(name) ? 1 : time);
  let failed: Error | undefined;
  again.catch((error: Error) => {
    failed = error;
  });
  const end = performance.now() + 90_000;
  for (let n = 0; !hasDied() && !failed; n++) {
    if (performance.now() > end) throw new Error('this moment never came');
    await journeys[journey](pair, ledger, `${label}-${n}`);
    // What is sealed, sent and copied aside comes a moment later.
    await until('the moment', () => hasDied() || failed, 1_500).catch(() => {});
  }
  await again;
  // Life goes on; and an edge that lost its hub comes back sooner when somebody asks for a person.
  if (side === 'hub') await talk(pair, ledger, `${label}-after`);
}
