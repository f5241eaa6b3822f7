const atOnce = 32;
const restMs = { least: 2, most: 10 };

/**
 * Does what comes a few at a time, with a rest after them as long as they took: a crowd that comes at once keeps nobody waiting who is here already.
 * Who comes alone does not wait.
 */
export function createTurns<One>(act: (one: One) => Promise<void>) {
  const waiting: One[] = [];
  let going = false;

  async function go(): Promise<void> {
    going = true;
    while (waiting.length > 0) {
      const began = performance.now();
      await Promise.all(waiting.splice(0, atOnce).map(act));
      const took = performance.now() - began;
      await new Promise((resolve) => setTimeout(resolve, Math.min(restMs.most, Math.max(restMs.least, took))));
    }
    going = false;
  }

  return {
    /** @param one `act` does it in its turn, and must not throw */
    add(one: One): void {
      waiting.push(one);
      if (!going) void go();
    },
    waiting: () => waiting.length,
  };
}
