import type { Log } from '../log.ts';
import { change, type Ground } from '../store/change.ts';
import { indexCase, unfoundAfter } from './find.ts';

export type CatchUp = { start(): void; stop(): Promise<void> };

/** So many are looked at together, and so many indexed in one transaction: who works meanwhile waits for no more. */
const looked = 1_000;
const atOnce = 100;

/** Makes every case found by its words, once, when the hub starts. What comes or changes meanwhile is found at once. */
export function createCatchUp(ground: Ground, log: Log): CatchUp {
  let running = false;
  let work: Promise<void> = Promise.resolve();

  async function goThrough(): Promise<void> {
    for (let after: string | undefined = ''; running && after !== undefined; ) {
      const { ids, last } = await unfoundAfter(ground.db, after, looked);
      for (let n = 0; running && n < ids.length; n += atOnce)
        await change(ground, async ({ tx }) => {
          for (const id of ids.slice(n, n + atOnce)) await indexCase(tx, id);
        });
      after = last;
    }
  }

  return {
    start() {
      running = true;
      work = goThrough().catch((err) => log.error({ err: String(err) }, 'older cases cannot be found by their words yet'));
    },
    async stop() {
      running = false;
      await work;
    },
  };
}
