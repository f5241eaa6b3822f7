import type { Reply } from '../api/edge.ts';

/** Whether the edge answers, whether it has room to keep what is said (`full`: it has not), and whether it knows us. */
export type Reach = { edge: 'connecting' | 'reached' | 'full' | 'lost'; signedOut: boolean };

/** A call that fails once (a reload, a restart in a blink) is no news. */
const lostAfter = 2;
/** What waits is tried again sooner than this; if nothing was refused for so long, nobody knows of a full disk any more. */
const fullMs = 20_000;

/** What the outcomes of all calls together say about the edge. */
export class ReachWatch {
  private view: Reach = { edge: 'connecting', signedOut: false };
  private failures = 0;
  private fullSince = Number.NEGATIVE_INFINITY;
  private readonly now: () => number;
  private readonly listeners = new Set<() => void>();

  constructor(now: () => number = Date.now) {
    this.now = now;
  }

  snapshot = (): Reach => this.view;

  subscribe = (listener: () => void): (() => void) => {
    this.listeners.add(listener);
    return () => this.listeners.delete(listener);
  };

  outcome = (kind: Reply<unknown>['kind'], wrote: boolean): void => {
    this.failures = kind === 'unreachable' ? this.failures + 1 : 0;
    if (kind === 'full') this.fullSince = this.now();
    else if (kind === 'ok' && wrote) this.fullSince = Number.NEGATIVE_INFINITY;
    const answers = this.now() - this.fullSince < fullMs ? 'full' : 'reached';
    const edge = this.failures >= lostAfter ? 'lost' : this.failures > 0 ? this.view.edge : answers;
    // A token that was used before says `signed-out` too, but then the cookie it once gave answers the next call.
    const signedOut = kind === 'signed-out' || (this.view.signedOut && kind === 'unreachable');
    if (edge === this.view.edge && signedOut === this.view.signedOut) return;
    this.view = { edge, signedOut };
    for (const listener of this.listeners) listener();
  };
}
