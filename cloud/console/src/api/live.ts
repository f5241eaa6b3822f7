import { call } from './call.ts';
import { reach } from './reach.ts';
import type { LiveEvent } from './types.ts';

type Listener = (event: LiveEvent) => void;

const listeners = new Set<Listener>();
let source: EventSource | undefined;
let retry: ReturnType<typeof setTimeout> | undefined;

function tell(event: LiveEvent): void {
  for (const listener of [...listeners]) listener(event);
}

/** Opens the hub's event stream (`GET /v1/events`) for as long as somebody is signed in. Calling twice is calling once. */
export function startLive(): void {
  if (source !== undefined) return;
  let dropped = false;
  const opened = new EventSource('v1/events', { withCredentials: true });
  source = opened;
  opened.onopen = () => {
    reach.found();
    // Events are hints and are not replayed: after a gap everything on screen is fetched again.
    if (dropped) refetchAll();
    dropped = false;
  };
  opened.onerror = () => {
    dropped = true;
    // The stream does not say why it broke. Asking does: the hub is away, or the session has ended.
    call('GET', 'me').catch(() => {});
    // The browser retries by itself, except after a refusal (HTML Living Standard §9.2.3), when it closes for good.
    if (opened.readyState !== EventSource.CLOSED || source !== opened) return;
    source = undefined;
    clearTimeout(retry);
    retry = setTimeout(() => {
      startLive();
      refetchAll();
    }, 3_000);
  };
  for (const name of ['case', 'article', 'fleet', 'issue', 'queue', 'rollout', 'attend'] as const) {
    opened.addEventListener(name, (message) => tell({ event: name, data: parse(message.data) } as LiveEvent));
  }
}

/** Closes the stream: nobody is signed in any more. */
export function stopLive(): void {
  clearTimeout(retry);
  source?.close();
  source = undefined;
}

/** Has everything on screen fetched again, as after a gap in the stream. */
export const refetchAll = (): void => tell({ event: 'reconnected', data: null });

/** Hears every live event until the returned function is called. */
export function listen(listener: Listener): () => void {
  listeners.add(listener);
  return () => void listeners.delete(listener);
}

/** A hint that cannot be read is still a hint that something changed. */
function parse(data: string): unknown {
  try {
    return JSON.parse(data);
  } catch {
    return {};
  }
}
