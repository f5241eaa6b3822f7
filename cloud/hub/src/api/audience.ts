import type { HubEvent } from './types.ts';

/** One listener's news, told one after the other: `next` waits for some, `undefined` means it was silent for that long. */
export type Listener = { next(waitMs: number): Promise<HubEvent | undefined>; leave(): void; isOver(): boolean };

/** Those who listen on `/v1/events`. `part`: news may have been missed, so everybody's stream ends; they come again and fetch all anew. */
export type Audience = { tell(news: HubEvent): void; join(): Listener; count(): number; part(): void };

/**
 * An event only says "this changed, fetch it", so the same one waiting twice is one: however slow a listener is, it holds no more than
 * there are cases, articles and edges.
 */
export function createAudience(): Audience {
  const listeners = new Map<(news: HubEvent) => void, () => void>();
  return {
    tell: (news) => {
      for (const hear of listeners.keys()) hear(news);
    },
    part: () => {
      for (const leave of listeners.values()) leave();
    },
    count: () => listeners.size,
    join: () => {
      const waiting = new Map<string, HubEvent>();
      let wake = () => {};
      const hear = (news: HubEvent) => {
        waiting.set(JSON.stringify(news), news);
        wake();
      };
      const leave = () => {
        listeners.delete(hear);
        wake();
      };
      listeners.set(hear, leave);
      const take = () => {
        const [first] = waiting;
        if (first) waiting.delete(first[0]);
        return first?.[1];
      };
      return {
        async next(waitMs) {
          if (waiting.size === 0 && listeners.has(hear))
            await new Promise<void>((resolve) => {
              const timer = setTimeout(resolve, waitMs);
              wake = () => {
                clearTimeout(timer);
                resolve();
              };
            });
          return take();
        },
        leave,
        isOver: () => !listeners.has(hear),
      };
    },
  };
}
