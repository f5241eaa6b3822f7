const bytes = { least: 8_192, first: 65_536, most: 1_000_000 };
/** Whoever begins to wait for somebody while a batch is on its way waits about so long for it. */
const aimMs = 500;

/** How much a line takes in a moment. */
export type Pace = {
  /** So many bytes the next batch may have. */
  room(): number;
  /** A batch went. @param ms how long it took, without the time it lay at the hub */
  went(sent: number, ms: number): void;
  /** One did not. */
  failed(): void;
};

/**
 * Begins small and doubles as long as batches go in less than a moment; a batch that takes longer halves it. What the quickest took is the way there and
 * back, which smaller batches would not shorten: over a satellite they would only be more.
 */
export function createPace(): Pace {
  let room = bytes.first;
  let quickestMs = Number.POSITIVE_INFINITY;
  return {
    room: () => room,
    went(sent, ms) {
      quickestMs = Math.min(quickestMs, ms);
      const onTheLineMs = ms - quickestMs;
      if (onTheLineMs > 2 * aimMs) room = Math.max(bytes.least, room / 2);
      else if (onTheLineMs < aimMs / 2 && sent > room / 2) room = Math.min(bytes.most, room * 2);
    },
    failed() {
      quickestMs = Number.POSITIVE_INFINITY;
      room = Math.max(bytes.least, Math.min(bytes.first, room) / 2);
    },
  };
}
