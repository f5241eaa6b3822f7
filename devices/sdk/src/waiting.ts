import type { Buffer } from './buffer.ts';
import type { Message, Store } from './types.ts';

/**
 * Keeps what waits for the edge in a store as well. Only while the edge is away is anything written, so that flash is not worn by a device that is
 * connected; what the edge acknowledged may be told once more after a crash, with the same time, and is then recognised.
 */
export function createWaiting(buffer: Buffer, store: Store | undefined, limit: number, warn: (message: string) => void) {
  /** Lines in the store; the same messages or ones that have since been dropped. */
  let lines = 0;
  let broken = false;

  function attempt(act: (store: Store) => void): void {
    if (!store || broken) return;
    try {
      act(store);
    } catch (error) {
      broken = true;
      warn(`What waits for the edge can no longer be stored, and goes with the program: ${(error as Error).message}`);
    }
  }
  const all = () =>
    attempt((here) => {
      const messages = buffer.all();
      here.replace(messages);
      lines = messages.length;
    });

  return {
    /** Takes up what waited before the program ended. */
    load(isOurs: (topic: string) => boolean): void {
      attempt((here) => {
        const messages = here.load().filter(({ topic }) => isOurs(topic));
        lines = messages.length;
        buffer.putBack(messages);
      });
    },
    /** One more waits while the edge is away. */
    add(message: Message): void {
      if (lines >= 2 * limit) {
        all();
        return;
      }
      attempt((here) => {
        here.add(message);
        lines++;
      });
    },
    /** The connection is gone, or the program is about to end. */
    keep: all,
    /** Everything was acknowledged. */
    drained: () => void (lines > 0 && all()),
  };
}
