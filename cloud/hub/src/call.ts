export type Answer<T> = { status: number; headers: Headers; body: T };
export type Asked = { token?: string; cookie?: string; body?: unknown; raw?: string | Uint8Array; headers?: Record<string, string> };

/** Asks a hub as tests and proofs do: over real HTTP, by a token, a browser's cookie or headers of one's own. */
export async function call<T = Record<string, unknown>>(url: string, method: string, path: string, asked: Asked = {}): Promise<Answer<T>> {
  const content = asked.raw ?? (asked.body === undefined ? undefined : JSON.stringify(asked.body));
  const response = await fetch(new URL(path, url), {
    method,
    redirect: 'manual',
    headers: {
      ...(asked.token ? { authorization: `Bearer ${asked.token}` } : {}),
      ...(asked.cookie ? { cookie: asked.cookie, origin: url } : {}),
      ...(content === undefined ? {} : { 'content-type': 'application/json' }),
      ...asked.headers,
    },
    ...(content === undefined ? {} : { body: content as BodyInit }),
  });
  const text = await response.text();
  const isJson = response.headers.get('content-type')?.includes('json');
  return { status: response.status, headers: response.headers, body: (isJson ? JSON.parse(text) : text) as T };
}
