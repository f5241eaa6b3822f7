import { mostPerBatchOf } from '@wayside/contract';
import { WaysideError } from '@wayside/protocol';

/** So many records are taken in at once; who comes then waits at home, where nothing is lost. */
const mostAtOnce = 8_192;

/**
 * How much a hub takes in. Every answer carries a credit, the most records the next batch of that edge may hold: all it can send at ease, less the
 * more is under way, one at the least, so that a thousand edges coming back together slow down before anybody is refused.
 */
export function createIntake(most = mostAtOnce) {
  let underWay = 0;
  const credit = (version: number) => Math.max(1, Math.min(mostPerBatchOf(version), Math.floor((most - underWay) / 8)));
  return {
    /**
     * @param version what the edge speaks
     * @throws WaysideError `unavailable` when too much is under way already
     */
    async take<T>(version: number, records: number, store: () => Promise<T>): Promise<{ answer: T; credit: number }> {
      if (underWay > 0 && underWay + records > most)
        throw new WaysideError('unavailable', 'Too many edges are sending at once. Keep the records and come again.');
      underWay += records;
      try {
        return { answer: await store(), credit: credit(version) };
      } finally {
        underWay -= records;
      }
    },
  };
}
