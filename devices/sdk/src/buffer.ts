import type { Message } from './types.ts';

export type Limits = { /** messages */ limit: number /** UTF-16 units of payload, near enough to bytes */; size: number };

/**
 * What waits while the edge is away, within bounds. The oldest telemetry is dropped first, because a trouble code or an outcome
 * is said once and a reading comes again; a buffer of nothing but those drops its oldest too. What is dropped is counted.
 */
export function createBuffer({ limit, size }: Limits) {
  const kept: Message[] = [];
  const spare: Message[] = [];
  let held = 0;
  let dropped = 0;

  const trim = () => {
    while (kept.length + spare.length > limit || held > size) {
      const oldest = spare.shift() ?? kept.shift();
      if (!oldest) return;
      held -= oldest.payload.length;
      dropped++;
    }
  };

  return {
    add(message: Message): void {
      (message.spare ? spare : kept).push(message);
      held += message.payload.length;
      trim();
    },
    /** The next to send: codes, events and outcomes before telemetry, each in the order they were said. */
    take(): Message | undefined {
      const next = kept.shift() ?? spare.shift();
      if (next) held -= next.payload.length;
      return next;
    },
    /** Puts messages that were taken but not acknowledged back to the front, in their order. */
    putBack(messages: Message[]): void {
      kept.unshift(...messages.filter((message) => !message.spare));
      spare.unshift(...messages.filter((message) => message.spare));
      held += messages.reduce((sum, { payload }) => sum + payload.length, 0);
      trim();
    },
    /** All that waits, in the order it will be taken. */
    all: (): Message[] => [...kept, ...spare],
    get length() {
      return kept.length + spare.length;
    },
    get dropped() {
      return dropped;
    },
  };
}

export type Buffer = ReturnType<typeof createBuffer>;
