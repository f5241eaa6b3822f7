import { siteEventName } from './api/asks.ts';
import type { SessionEvent, SiteEvent, SiteEventName } from './api/types.ts';

const everyEvent: ReadonlySet<SiteEventName> = new Set(siteEventName.options);

type Listener<E> = (event: E) => void;

/** News for whoever is listening now: lost when nobody is, since what matters is in the store. */
export class Events {
  private readonly sessions = new Map<string, Set<Listener<SessionEvent>>>();
  private readonly site = new Map<Listener<SiteEvent>, ReadonlySet<SiteEventName>>();
  private heard: ReadonlySet<SiteEventName> = new Set();

  onSession(session: string, listener: Listener<SessionEvent>): () => void {
    const listeners = this.sessions.get(session) ?? new Set();
    this.sessions.set(session, listeners.add(listener));
    return () => {
      listeners.delete(listener);
      if (listeners.size === 0) this.sessions.delete(session);
    };
  }

  /** @param only the events wanted; without it, every one */
  onSite(listener: Listener<SiteEvent>, only: ReadonlySet<SiteEventName> = everyEvent): () => void {
    const count = () => {
      this.heard = new Set([...this.site.values()].flatMap((names) => [...names]));
    };
    this.site.set(listener, only);
    count();
    return () => {
      this.site.delete(listener);
      count();
    };
  }

  tellSession(session: string, event: SessionEvent): void {
    for (const listener of this.sessions.get(session) ?? []) listener(event);
  }

  tellSite(event: SiteEvent): void {
    for (const [listener, only] of this.site) if (only.has(event.event)) listener(event);
  }

  /** Whether anybody listens to these events of the site: what is dear to make is made only then. */
  isHeard(name: SiteEventName): boolean {
    return this.heard.has(name);
  }
}
