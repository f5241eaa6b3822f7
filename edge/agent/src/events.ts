import type { SessionEvent, SiteEvent } from './api/types.ts';

type Listener<E> = (event: E) => void;

/** News for whoever is listening now: lost when nobody is, since what matters is in the store. */
export class Events {
  private readonly sessions = new Map<string, Set<Listener<SessionEvent>>>();
  private readonly site = new Set<Listener<SiteEvent>>();

  onSession(session: string, listener: Listener<SessionEvent>): () => void {
    const listeners = this.sessions.get(session) ?? new Set();
    this.sessions.set(session, listeners.add(listener));
    return () => {
      listeners.delete(listener);
      if (listeners.size === 0) this.sessions.delete(session);
    };
  }

  onSite(listener: Listener<SiteEvent>): () => void {
    this.site.add(listener);
    return () => this.site.delete(listener);
  }

  tellSession(session: string, event: SessionEvent): void {
    for (const listener of this.sessions.get(session) ?? []) listener(event);
  }

  tellSite(event: SiteEvent): void {
    for (const listener of this.site) listener(event);
  }

  listening(): number {
    return this.site.size;
  }
}
