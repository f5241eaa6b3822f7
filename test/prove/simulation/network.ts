import type { HubDoor } from '../../../edge/agent/src/sync/hub.ts';
import type { HubStore } from './hub-store.ts';
import type { World } from './world.ts';

export type Network = { door(edge: string): Pick<HubDoor, 'up' | 'down' | 'room'>; cut(edge: string, isCut: boolean): void; heal(): void };

/** One for all: where it was thrown says nothing here. */
const unreachable = new TypeError('fetch failed');

/**
 * The way between edges and the hub. It loses questions and answers, delivers what was sent once more, and later than what was sent after it, or long
 * after; it is slow, and cut.
 * @param hub the hub's process as it is now; none while it is down
 */
export function createNetwork(world: World, hub: () => HubStore | undefined): Network {
  const cuts = new Set<string>();
  const troubles = { lost: world.random() * 0.3, again: world.random() * 0.2, slow: 1 + world.below(60) };
  const way = () => world.sleep(world.below(troubles.slow));

  async function ask<T>(edge: string, question: (of: HubStore) => Promise<T>): Promise<T> {
    await way();
    const here = hub();
    if (!here || cuts.has(edge) || world.chance(troubles.lost)) throw unreachable;
    if (world.chance(troubles.again))
      world.later(world.below(2_000), () => {
        const then = hub();
        if (then) question(then).catch(() => {});
      });
    const answer = await question(here).catch(() => {
      throw unreachable;
    });
    await way();
    if (cuts.has(edge) || world.chance(troubles.lost)) throw unreachable;
    return answer;
  }

  return {
    door: (edge) => ({
      room: () => Number.POSITIVE_INFINITY,
      up: (batch) => ask(edge, (of) => of.up(edge, batch)),
      down: (after, limit, mark) => ask(edge, (of) => of.down(edge, after, limit, mark)),
    }),
    cut: (edge, isCut) => void (isCut ? cuts.add(edge) : cuts.delete(edge)),
    heal() {
      cuts.clear();
      troubles.lost = troubles.again = 0;
    },
  };
}
