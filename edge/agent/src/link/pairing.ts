import { randomInt } from 'node:crypto';
import { WaysideError } from '@wayside/protocol';

/** Without letters that are taken for others; 8 of these are 39 random bits, and five wrong tries close the window. */
const letters = 'ABCDEFGHJKMNPQRSTUVWXYZ23456789';
const wrongTries = 5;
export const longestMs = 15 * 60_000;

export type Window = { code: string; until: number };

/**
 * The window in which new devices may come in. A person opens it, for minutes, and it closes by itself: outside it nothing that a stranger sends
 * is even looked at.
 */
export function createPairing(
  now: () => number,
  random: () => string = () => Array.from({ length: 8 }, () => letters[randomInt(letters.length)]).join(''),
) {
  let open: (Window & { wrong: number }) | undefined;
  return {
    open(ms: number): Window {
      open = { code: random(), until: Math.floor(now()) + Math.min(ms, longestMs), wrong: 0 };
      return { code: open.code, until: open.until };
    },
    close(): void {
      open = undefined;
    },
    state: (): { until: number } | undefined => (open && open.until > now() ? { until: open.until } : undefined),
    /** @throws WaysideError `forbidden` when no window is open, `unauthorized` for another code */
    check(code: string): void {
      if (!open || open.until <= now())
        throw new WaysideError('forbidden', 'No device is let in now. Open a window first: wayside devices open.');
      if (code.trim().toUpperCase().replaceAll('-', '') === open.code) return;
      if (++open.wrong >= wrongTries) open = undefined;
      throw new WaysideError('unauthorized', 'This is not the code of the window that is open.');
    },
  };
}
export type Pairing = ReturnType<typeof createPairing>;
