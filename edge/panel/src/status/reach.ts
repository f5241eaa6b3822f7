import type { Reply } from '../api/edge.ts';

/** Whether the edge answers, and whether it knows us. */
export type Reach = { edge: 'connecting' | 'reached' | 'lost'; signedOut: boolean };

/** A call that fails once (a reload, a restart in a blink) is no news. */
const lostAfter = 2;

/** What the outcomes of all calls together say about the edge. */
export class ReachWatch {
  private view: Reach = { edge: 'connecting', signedOut: false };
  private failures = 0;
  private readonly listeners = new Set<() => void>();

  snapshot = (): Reach => this.view;

  subscribe = (listener: () => void): (() => void) => {
    this.listeners.add(listener);
    return () => this.listeners.delete(listener);
  };

  outcome = (kind: Reply<unknown>['kind']): void => {
    this.failures = kind === 'unreachable' ? this.failures + 1 : 0;
    const edge = this.failures >= lostAfter ? 'lost' : this.failures > 0 ? this.view.edge : 'reached';
    // A token that was used before says `signed-out` too, but then the cookie it once gave answers the next call.
    const signedOut = kind === 'signed-out' || (this.view.signedOut && kind === 'unreachable');
    if (edge === this.view.edge && signedOut === this.view.signedOut) return;
    this.view = { edge, signedOut };
    for (const listener of this.listeners) listener();
  };
}
