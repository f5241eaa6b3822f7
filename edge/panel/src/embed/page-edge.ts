import type { Transcript, TurnAnswered } from '@wayside/agent/api-types';

export type Fault = TurnAnswered['faults'][number];

/**
 * How a call ended: its body, or `signed-out` (a code is needed), `stranger` (this page is not known there), `full` (it answers, and has no room to keep
 * this), `away`.
 */
export type Outcome<T> = { kind: 'ok'; body: T } | { kind: 'signed-out' } | { kind: 'stranger' } | { kind: 'full' } | { kind: 'away' };

/** The edge, as a page of another site may use it. `kept` holds the token over a reload. It never throws. */
export function pageEdge(base: string, kept: Pick<Storage, 'getItem' | 'setItem' | 'removeItem'> | undefined) {
  const key = `wayside-panel ${base}`;

  async function call<T>(method: 'GET' | 'POST', path: string, body?: unknown): Promise<Outcome<T>> {
    const token = kept?.getItem(key);
    try {
      const response = await fetch(new URL(path, base), {
        method,
        headers: {
          ...(token ? { authorization: `Bearer ${token}` } : {}),
          ...(body === undefined ? {} : { 'content-type': 'application/json' }),
        },
        ...(body === undefined ? {} : { body: JSON.stringify(body) }),
        signal: AbortSignal.timeout(90_000),
      });
      if (response.status === 401) return { kind: 'signed-out' };
      if (response.status === 403) return { kind: 'stranger' };
      if (response.status === 507) return { kind: 'full' };
      return response.ok ? { kind: 'ok', body: (await response.json()) as T } : { kind: 'away' };
    } catch {
      // A page that is not known is refused by the browser before it hears why, and looks the same.
      return { kind: 'away' };
    }
  }

  return {
    /** `given`: a code, or a link that has it after `#token=`. */
    async open(given: string): Promise<Outcome<unknown>> {
      const token = /token=([\w-]+)/.exec(given)?.[1] ?? given.trim();
      const made = await call<{ token: string }>('POST', '/v1/auth/page', { token });
      if (made.kind === 'ok') kept?.setItem(key, made.body.token);
      return made;
    },
    begin: (thing: string | undefined, locale: string) =>
      call<{ session: string }>('POST', '/v1/sessions', { channel: 'panel', locale, ...(thing ? { thing } : {}) }),
    say: (session: string, text: string) => call<TurnAnswered>('POST', `/v1/sessions/${session}/turns`, { text }),
    transcript: (session: string) => call<Transcript>('GET', `/v1/sessions/${session}`),
    person: (session: string) => call<unknown>('POST', `/v1/sessions/${session}/handoff`, {}),
    /** What is wrong with a thing, or with anything here. */
    async look(thing: string | undefined): Promise<Outcome<{ title?: string; faults: Fault[] }>> {
      return call('GET', thing ? `/v1/things/${encodeURIComponent(thing)}` : '/v1/faults');
    },
  };
}
export type PageEdge = ReturnType<typeof pageEdge>;
