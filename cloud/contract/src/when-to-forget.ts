const dayMs = 86_400_000;
/** A clock that is so much further than at the last look is not believed at once. */
const believedMs = 30 * dayMs;

/** When conversations were last looked through for their age, and since when the clock is doubted (0: it is not), epoch ms. */
export type Ages = { ranAt: number; doubtAt: number };

/**
 * What is forgotten is forgotten for good, and a clock may be wrong by years. So one that has leapt, as after a long time without power or an image that was put back, is
 * believed a day later if it goes on from there; one that was set right again by then has cost nothing.
 */
export function whetherToForget({ ranAt, doubtAt }: Ages, now: number): Ages & { run: boolean } {
  const since = now - ranAt;
  if (since < 0) return { run: false, ranAt: now, doubtAt: 0 };
  if (since < dayMs) return { run: false, ranAt, doubtAt: 0 };
  if (since <= believedMs) return { run: true, ranAt: now, doubtAt: 0 };
  const doubted = now - doubtAt;
  if (doubted >= dayMs && doubted <= believedMs) return { run: true, ranAt: now, doubtAt: 0 };
  const stillDoubted = doubted >= 0 && doubted < dayMs;
  return { run: false, ranAt, doubtAt: stillDoubted ? doubtAt : now };
}
