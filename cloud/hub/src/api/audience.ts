import type { HubEvent } from './types.ts';

/** One listener's news, told one after the other: `next` waits for some, `undefined` means it was silent for that long. */
export type Listener = { next(waitMs: number): Promise<HubEvent | undefined>; leave(): void };

/** Those who listen on `/v1/events`. */
export type Audience = { tell(news: HubEvent): void; join(): Listener; count(): number };

/**
 * An event only says "this changed, fetch it", so the same one waiting twice is one: however slow a listener is, it holds no more than
 * there are cases, articles and edges.
 */
export function createAudience(): Audience {
  const listeners = new Set<(news: HubEvent) => void>();
  return {
    tell: (news) => {
      for (const hear of listeners) hear(news);
    },
    count: () => listeners.size,
    join: () => {
      const waiting = new Map<string, HubEvent>();
      let wake = () => {};
      const hear = (news: HubEvent) => {
        waiting.set(JSON.stringify(news), news);
        wake();
      };
      listeners.add(hear);
      const take = () => {
        const [first] = waiting;
        if (first) waiting.delete(first[0]);
        return first?.[1];
      };
      return {
        async next(waitMs) {
          if (waiting.size === 0)
            await new Promise<void>((resolve) => {
              const timer = setTimeout(resolve, waitMs);
              wake = () => {
                clearTimeout(timer);
                resolve();
              };
            });
          return take();
        },
        leave: () => {
          listeners.delete(hear);
          wake();
        },
      };
    },
  };
}
