/**
 * How a call to the edge ended. Only `ok` has a body.
 * `unreachable`: nothing came back, or the edge is not ready: try again later. `full`: it answers and has no room to keep this: try again later, too.
 * `refused`: the edge said no, and trying again will not help.
 */
export type Reply<T> =
  | { kind: 'ok'; body: T }
  | { kind: 'unreachable' }
  | { kind: 'full' }
  | { kind: 'signed-out' }
  | { kind: 'missing' }
  | { kind: 'refused'; detail: string };

export type Edge = {
  get<T>(path: string): Promise<Reply<T>>;
  post<T>(path: string, body?: unknown): Promise<Reply<T>>;
  put<T>(path: string, body: unknown): Promise<Reply<T>>;
  patch<T>(path: string, body: unknown): Promise<Reply<T>>;
  delete<T>(path: string): Promise<Reply<T>>;
  /** The address of a path, for an event stream. */
  url(path: string): string;
};

export type EdgeOptions = {
  /** Where the panel was served from; the edge's API lies beside it. */
  base: string;
  fetch: typeof fetch;
  /** Told after every call how it ended, and whether the edge had to keep something for it. */
  onOutcome: (kind: Reply<unknown>['kind'], wrote: boolean) => void;
  /** How long the edge may take; a generated answer can need most of a minute on a small machine. */
  patience?: number;
};

type Method = 'GET' | 'POST' | 'PUT' | 'PATCH' | 'DELETE';

const retryable = (status: number) => status === 408 || status === 425 || status === 429 || status >= 500;

/** The edge's HTTP door (design: Edge HTTP). Every outcome is a value; it never throws. */
export function edgeAt({ base, fetch, onOutcome, patience = 90_000 }: EdgeOptions): Edge {
  const url = (path: string) => new URL(path, base).href;

  async function attempt<T>(method: Method, path: string, body?: unknown): Promise<Reply<T>> {
    let response: Response;
    try {
      response = await fetch(url(path), {
        method,
        credentials: 'same-origin',
        signal: AbortSignal.timeout(method === 'GET' ? 10_000 : patience),
        headers: { accept: 'application/json', ...(body === undefined ? {} : { 'content-type': 'application/json' }) },
        ...(body === undefined ? {} : { body: JSON.stringify(body) }),
      });
    } catch {
      return { kind: 'unreachable' };
    }
    if (response.status === 401) return { kind: 'signed-out' };
    if (response.status === 404) return { kind: 'missing' };
    if (response.status === 507) return { kind: 'full' };
    if (retryable(response.status)) return { kind: 'unreachable' };
    const parsed = await response.json().catch(() => undefined);
    if (!response.ok) return { kind: 'refused', detail: parsed?.detail ?? parsed?.title ?? String(response.status) };
    return { kind: 'ok', body: parsed as T };
  }

  async function call<T>(method: Method, path: string, body?: unknown): Promise<Reply<T>> {
    const reply = await attempt<T>(method, path, body);
    onOutcome(reply.kind, method !== 'GET');
    return reply;
  }

  return {
    url,
    get: (path) => call('GET', path),
    post: (path, body) => call('POST', path, body),
    put: (path, body) => call('PUT', path, body),
    patch: (path, body) => call('PATCH', path, body),
    delete: (path) => call('DELETE', path),
  };
}
