import { clientOf } from './pool.ts';
import { channel } from './words-between.ts';

export type Listening = { stop(): Promise<void> };
/** `onBack`: the connection is there; the first time as well. */
export type Heard = { onWord(payload: string): void; onBack(): void; onLoss(error: Error): void };
export type Listen = (heard: Heard) => Listening;

const againMs = 1_000;

/**
 * Hears what other hubs say, on a connection of its own. When that breaks it is made anew, and `onBack` is told, since what was said meanwhile
 * was missed.
 */
export function listen(url: string, { onWord, onBack, onLoss }: Heard): Listening {
  let stopped = false;
  let client: ReturnType<typeof clientOf> | undefined;
  let timer: NodeJS.Timeout | undefined;

  async function connect(): Promise<void> {
    const fresh = clientOf(url);
    client = fresh;
    let over = false;
    const lost = (error: Error) => {
      if (over) return;
      over = true;
      void fresh.end().catch(() => {});
      if (stopped) return;
      onLoss(error);
      timer = setTimeout(() => void connect(), againMs);
    };
    fresh.on('error', lost);
    fresh.on('end', () => lost(new Error('the connection ended')));
    fresh.on('notification', ({ payload }) => payload && onWord(payload));
    try {
      await fresh.connect();
      await fresh.query(`listen ${channel}`);
      if (!stopped) onBack();
    } catch (error) {
      lost(error as Error);
    }
  }

  void connect();
  return {
    async stop() {
      stopped = true;
      clearTimeout(timer);
      await client?.end().catch(() => {});
    },
  };
}
