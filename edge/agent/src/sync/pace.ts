const bytes = { least: 8_192, first: 65_536, most: 1_000_000 };
/** Whoever begins to wait for somebody while a batch is on its way waits about so long for it, and three times as long at the most. */
const aimMs = 500;

/** How much a line takes in a moment. */
export type Pace = {
  /** So many bytes the next batch may have. */
  room(): number;
  /** A small question was answered. */
  asked(ms: number): void;
  /** A batch went. @param ms how long it took, without the time it lay at the hub */
  went(sent: number, ms: number): void;
  /** One did not. */
  failed(): void;
};

/**
 * Begins small and doubles as long as batches go in less than a moment; a batch that takes longer halves it. What the quickest of small questions took is the
 * way there and back, which smaller batches would not shorten: over a satellite they would only be more.
 */
export function createPace(): Pace {
  let room = bytes.first;
  let wayMs: number | undefined;
  return {
    room: () => room,
    asked(ms) {
      wayMs = Math.min(wayMs ?? ms, ms);
    },
    went(sent, ms) {
      const onTheLineMs = ms - (wayMs ?? 0);
      if (onTheLineMs > 3 * aimMs) room = Math.max(bytes.least, room / 2);
      else if (onTheLineMs < aimMs / 2 && sent > room / 2) room = Math.min(bytes.most, room * 2);
    },
    failed() {
      wayMs = undefined;
      room = Math.max(bytes.least, Math.min(bytes.first, room) / 2);
    },
  };
}
