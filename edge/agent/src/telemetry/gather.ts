import type { Sample } from '@wayside/protocol';

/** What comes within so many ms shares one commit; while more is coming it waits twice as long again, up to the second figure. */
const gatherMs = { first: 4, longest: 32 };
/** ...unless so many samples are there already. */
const worthACommit = 500;
/** A group is committed at so many samples even if more are waiting: to write more of them down in one go would keep people waiting. */
const samplesPerCommit = 2_000;

/** What is committed together: how many samples, and what was made of them while they came. */
export type Group<Body> = { samples: number; body: Body; stored: PromiseWithResolvers<void> };

const pause = (ms: number) => new Promise<void>((resolve) => setTimeout(resolve, ms));
const nextTurn = () => new Promise<void>((resolve) => setImmediate(resolve));
const done = Promise.resolve();

/**
 * Gathers samples of many callers into groups and commits one group after the other.
 * @param add takes samples into the body of their group when they come: a commit has not to go through thousands of them at once, and of a sample itself
 *   nothing waits for the disk. What waits so long outlives V8's young generation, and has the old one collected several times a second in a flood
 * @param commit resolves when a group is on disk; when it rejects, so does what every caller of that group was given
 */
export function createGatherer<Body>(
  begin: () => Body,
  add: (body: Body, samples: readonly Sample[]) => void,
  commit: (group: Group<Body>) => Promise<void>,
) {
  const waiting: Group<Body>[] = [];
  let pumping = false;

  function write(samples: readonly Sample[]): Promise<void> {
    if (samples.length === 0) return done;
    let group = waiting.at(-1);
    if (!group || group.samples >= samplesPerCommit) {
      group = { samples: 0, body: begin(), stored: Promise.withResolvers() };
      waiting.push(group);
    }
    add(group.body, samples);
    group.samples += samples.length;
    void pump();
    return group.stored.promise;
  }

  /** One commit for all that came together; while it is on its way to the disk the next group gathers. */
  async function pump(): Promise<void> {
    if (pumping) return;
    pumping = true;
    for (let group = waiting[0]; group; group = waiting[0]) {
      await gather(group);
      waiting.shift();
      await commit(group).then(group.stored.resolve, group.stored.reject);
      // All of that group are answered in this turn of the loop: the next one's chunks are packed in another.
      await nextTurn();
    }
    pumping = false;
  }

  /** Waits for company as long as more is coming: a device that waits for its answer before it goes on is answered soon. */
  async function gather(group: Group<Body>): Promise<void> {
    for (let ms = gatherMs.first; ms <= gatherMs.longest && group.samples < worthACommit; ms *= 2) {
      const before = group.samples;
      await pause(ms);
      if (group.samples === before) return;
    }
  }

  return { write, busy: () => pumping };
}
