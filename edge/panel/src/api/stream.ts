import { backoff } from './backoff.ts';

export type StreamOptions = {
  url: string;
  /** Names of the events wanted. */
  events: readonly string[];
  onEvent: (name: string, data: unknown) => void;
  /** The stream stands (again): whoever listens fetches what it missed in between. */
  onOpen: () => void;
  onLost: () => void;
  source?: (url: string) => EventSource;
};

const parse = (text: string): unknown => {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
};

/**
 * A server-sent event stream that comes back. An EventSource by itself gives up for good when the server answers with an
 * error (WHATWG HTML §9.2.3, "fail the connection"), as it does while it restarts; so we open a new one, later each time.
 * @returns closes it
 */
export function openStream({ url, events, onEvent, onOpen, onLost, source = (u) => new EventSource(u) }: StreamOptions): () => void {
  let current: EventSource | undefined;
  let timer: ReturnType<typeof setTimeout> | undefined;
  let attempt = 0;
  let closed = false;

  const open = () => {
    const stream = source(url);
    current = stream;
    stream.onopen = () => {
      attempt = 0;
      onOpen();
    };
    stream.onerror = () => {
      stream.close();
      if (closed) return;
      onLost();
      timer = setTimeout(open, backoff(attempt++));
    };
    for (const name of events) {
      stream.addEventListener(name, (event) => {
        const data = parse((event as MessageEvent<string>).data);
        if (data !== undefined) onEvent(name, data);
      });
    }
  };

  open();
  return () => {
    closed = true;
    clearTimeout(timer);
    current?.close();
  };
}
