/** A message older than the newest by no more than this, ms, came late; by more, the device's clock may have been set back... */
const lateWithin = 10 * 60_000;
/** ...and was, when so many messages in a row say so: then time starts anew. One old message between new ones is only very late. */
const believesAfter = 3;

/** Tells a clock that was set back from messages that are merely late, for one thing. */
export class Lateness {
  /** Epoch ms by the thing's clock. */
  newest = Number.NEGATIVE_INFINITY;
  private backwards = 0;

  /** @returns `set-back` with the message from which time starts anew; what came before it counts no more */
  hear(at: number): 'timely' | 'very-late' | 'set-back' {
    if (at < this.newest - lateWithin) {
      if (++this.backwards < believesAfter) return 'very-late';
      this.backwards = 0;
      this.newest = at;
      return 'set-back';
    }
    this.backwards = 0;
    if (at > this.newest) this.newest = at;
    return 'timely';
  }
}
