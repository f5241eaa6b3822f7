import { WaysideError } from '@wayside/protocol';
import type { Door } from '../../../edge/agent/src/api/auth.ts';
import { loadAnswers } from '../../../edge/agent/src/api/describe.ts';
import { createRoutes } from '../../../edge/agent/src/api/routes.ts';
import type { Site } from '../../../edge/agent/src/api/site.ts';
import { type Document, readRequest, requestsOf } from './made-request.ts';
import { text } from './read.ts';
import { isRefusal } from './refusal.ts';
import type { Target } from './targets.ts';

/** A house in which nothing is: what a handler asks of it, beyond what stands here, is refused. */
function empty(known: Record<string, unknown>): unknown {
  const refuse = () => {
    throw new WaysideError('not-found', 'Nothing is here.');
  };
  return new Proxy(known, { get: (all, key) => (key in all ? all[key as string] : refuse) });
}
const nobody = { manages: true, preferences: {} };
const site = empty({
  people: empty({ me: () => nobody, speaker: () => undefined, preferences: () => ({}), mustEnterSession() {} }),
  speakerOf: async () => undefined,
  openSession: async () => 's',
  takeTurn: async () => ({ answer: { text: '' }, turns: [] }),
  transcript: async () => ({ turns: [] }),
  samples: async () => ({ points: [] }),
  things: () => [{ id: 'a', signals: { a: { latest: { value: 1 } } } }],
  faults: () => [],
  devices: empty({ pairing: empty({}) }),
  record: empty({}),
  visits: empty({ open: () => [] }),
  wot: empty({}),
  voice: empty({}),
}) as Site;

/** Every route of the edge's HTTP API: its schema, and its handler as far as it reads what was asked. The house behind it is a stand-in. */
export async function edgeTargets(): Promise<Target[]> {
  const door = {
    guard: async (_: unknown, next: () => Promise<void>) => next(),
    who: () => ({ script: true, badge: undefined }),
    pages: empty({}),
    redeem: () => 'a',
    makeOnce: () => 'a',
  } as unknown as Door;
  const app = createRoutes(site, door);
  let thrown: unknown;
  app.onError((error, c) => {
    const status = (error as { status?: number }).status ?? 500;
    if (!isRefusal(error) && !(status >= 400 && status < 500)) thrown = error;
    return c.text(isRefusal(error) ? `${error.code} ${error.message}` : error.message, 400);
  });
  await loadAnswers();
  const document = app.getOpenAPI31Document({ openapi: '3.1.0', info: { title: 'edge', version: '1' } }) as Document;
  // Streams do not end by themselves.
  const examples = text(...requestsOf(document).filter((one) => !one.startsWith('GET /events')));
  return [
    {
      name: 'requests to the edge’s HTTP API',
      costs: 120,
      examples,
      async eat(bytes) {
        const asked = readRequest(bytes);
        if (!asked || asked.path.includes('/events')) return 'no request';
        const { method, path, body } = asked;
        thrown = undefined;
        const response = await app.request(`http://edge.local${path}`, {
          method,
          headers: { 'content-type': 'application/json' },
          ...(method === 'GET' ? {} : { body }),
        });
        if (thrown !== undefined) throw thrown;
        const route = path.split('/')[1];
        if (response.status < 400) {
          await response.body?.cancel();
          return `${method} ${route} ${response.status}`;
        }
        return `${method} ${route} ${await response.text()}`;
      },
    },
  ];
}
