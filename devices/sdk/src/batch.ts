import type { Value } from '@wayside/protocol';

type Readings = Record<string, Value>;

/**
 * Gathers readings into fewer messages, losing none: a signal that is read again begins a new message. All of a message carry the time of
 * its first reading, so `within` (ms) is also how far a time may be off.
 */
export function createBatch(within: number, now: () => number, send: (signals: Readings, at: number) => void) {
  let waiting: { signals: Readings; at: number } | undefined;
  let timer: ReturnType<typeof setTimeout> | undefined;

  function flush(): void {
    clearTimeout(timer);
    const full = waiting;
    waiting = undefined;
    if (full) send(full.signals, full.at);
  }

  return {
    add(signals: Readings, at?: number): void {
      if (within <= 0 || at !== undefined) {
        flush();
        send(signals, at ?? now());
        return;
      }
      if (waiting && Object.keys(signals).some((name) => Object.hasOwn(waiting!.signals, name))) flush();
      if (waiting) Object.assign(waiting.signals, signals);
      else {
        waiting = { signals: { ...signals }, at: now() };
        timer = setTimeout(flush, within);
      }
    },
    flush,
  };
}
