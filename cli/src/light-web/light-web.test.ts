import { describe, expect, it } from 'vitest';
import { LightHeaders } from './headers.ts';
import { LightRequest, LightResponse } from './messages.ts';

const stream = (...pieces: string[]) =>
  new ReadableStream<Uint8Array>({
    start(controller) {
      for (const piece of pieces) controller.enqueue(new TextEncoder().encode(piece));
      controller.close();
    },
  });

/** What was given, or the kind of error. */
async function outcome(act: () => unknown): Promise<unknown> {
  try {
    return await act();
  } catch (error) {
    return (error as Error).constructor.name;
  }
}

function after(headers: Headers, act: () => void): unknown {
  act();
  return [...headers];
}

describe('headers that stand in for the platform’s', () => {
  const acts: Record<string, (headers: Headers) => unknown> = {
    'a name in another case': (h) => h.get('CONTENT-TYPE'),
    'a name that is not there': (h) => [h.get('x-none'), h.has('x-none')],
    'values of one name': (h) => h.get('x-many'),
    'cookies that are set': (h) => h.getSetCookie(),
    'cookies that were sent': (h) => h.get('cookie'),
    'a value that is replaced': (h) => after(h, () => h.set('X-Many', 'one')),
    'a value that is taken out': (h) => after(h, () => h.delete('X-MANY')),
    'spaces around a value': (h) => after(h, () => h.set('x-many', ' \t spaced  ')),
    'an empty value': (h) => after(h, () => h.append('x-many', '')),
    'names and values, each alone': (h) => [[...h.keys()], [...h.values()]],
    'each by itself': (h) => {
      const told: string[] = [];
      h.forEach((value, name) => void told.push(`${name}=${value}`));
      return told;
    },
    'a copy': (h) => [...new (h.constructor as typeof Headers)(h)],
    'a name with a space': (h) => h.append('a name', 'x'),
    'an empty name': (h) => h.get(''),
    'a value that begins another header': (h) => h.set('x-many', 'x\r\nset-cookie: a=1'),
    'a value with a zero': (h) => h.append('x-many', 'a\0b'),
    'a value beyond a byte': (h) => h.append('x-many', '警报'),
  };
  const init: [string, string][] = [
    ['Content-Type', 'application/json'],
    ['x-many', 'a'],
    ['Set-Cookie', 'a=1; Expires=Thu, 01 Jan 2026 00:00:00 GMT'],
    ['X-Many', 'b'],
    ['set-cookie', 'b=2'],
    ['Cookie', 'a=1'],
    ['cookie', 'b=2'],
  ];
  it.each(Object.entries(acts))('do as Node’s own with %s', async (_, act) => {
    expect(await outcome(() => act(new LightHeaders(init) as unknown as Headers))).toEqual(await outcome(() => act(new Headers(init))));
  });
});

describe('requests and responses that stand in for the platform’s', () => {
  type Kinds = { Request: typeof Request; Response: typeof Response };
  const ours = { Request: LightRequest, Response: LightResponse } as unknown as Kinds;
  const theirs: Kinds = { Request, Response };
  const post = { method: 'POST', body: '{"text":"警报"}' };
  const acts: Record<string, (kinds: Kinds) => unknown> = {
    'the address, made whole': ({ Request }) => new Request('http://edge/a/../b?c=d e').url,
    'an address that is none': ({ Request }) => new Request('/v1/status').url,
    'the method': ({ Request }) => [new Request('http://edge').method, new Request('http://edge', post).method],
    'a body of text, and its type': async ({ Request }) => {
      const request = new Request('http://edge', post);
      return [request.headers.get('content-type'), request.bodyUsed, await request.json(), request.bodyUsed];
    },
    'a body read twice': async ({ Request }) => {
      const request = new Request('http://edge', post);
      await request.text();
      return request.text();
    },
    'a body where none may be': ({ Request }) => new Request('http://edge', { body: 'x' }),
    'a body that is no JSON': ({ Response }) => new Response('{').json(),
    'a stream as body': ({ Response }) => new Response(stream('a', 'b')).text(),
    'bytes as body': async ({ Response }) => {
      const response = new Response(new Uint8Array([1, 2, 3]).subarray(1));
      return [response.headers.get('content-type'), new Uint8Array(await response.arrayBuffer())];
    },
    'no body': async ({ Response }) => [new Response(null).body, await new Response().text()],
    'status and words': ({ Response }) => {
      const { ok, status, statusText } = new Response('no', { status: 404, statusText: 'Not here' });
      return { ok, status, statusText };
    },
    'headers of another': ({ Response }) => [...new Response('x', new Response('y', { headers: { 'x-kept': 'yes' } })).headers],
    'a status that is none': ({ Response }) => new Response(null, { status: 99 }),
    'a body with a status that has none': ({ Response }) => new Response('x', { status: 204 }),
    'an aborted signal': ({ Request }) => new Request('http://edge', { signal: AbortSignal.abort() }).signal.aborted,
    'a replaced body': ({ Request }) => new Request(new Request('http://edge', post), { body: 'other' }).text(),
  };
  it.each(Object.entries(acts))('do as Node’s own with %s', async (_, act) => {
    expect(await outcome(() => act(ours))).toEqual(await outcome(() => act(theirs)));
  });
});
