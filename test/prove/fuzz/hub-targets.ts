import { handoff, record, startScenario, thing, turn } from '../../../cloud/hub/src/scenario.ts';
import { type Asked, type Document, readRequest, requestsOf } from './made-request.ts';
import { json, text } from './read.ts';
import type { Target } from './targets.ts';

/** Left out: streams, which do not end by themselves, and what would have the hub call other machines or lock its own admin out. */
const left = /events|stream|live|hooks|bridges|company|push|auth\/|account|passkeys|technicians|enrol|verify|console|\/visit/;
const forEdges = /^\/v1\/(sync|record\/log)\//;
const patience = 20_000;

/** A whole hub with its store, over HTTP, asked by its admin and by an edge of it: every route but those above. What it answers holds its clock, so that here alone a seed does not feed the same. */
export async function hubTargets(): Promise<{ targets: Target[]; close(): Promise<void> }> {
  const hub = await startScenario({ generator: 'none' });
  const edge = await hub.edge('edge-1', 'default');
  await edge.up('e1', [
    record(1, 'thing', thing('car-1')),
    record(2, 'handoff', handoff('c')),
    record(3, 'turn', turn('t', 'session-of-c')),
  ]);
  const document = (await hub.as<Document>('GET', '/openapi.json')).body;
  const ids = { case: 'c', edge: 'edge-1', session: 'session-of-c', locale: 'en', thing: 'car-1' };

  async function answer({ method, path, body }: Asked): Promise<{ status: number; body: unknown }> {
    const signal = AbortSignal.timeout(patience);
    if (forEdges.test(path)) {
      const [at, query] = path.split('?', 2) as [string, string?];
      const asked = { method, path: at, ...(query ? { query } : {}) };
      return edge.ask(method === 'GET' ? asked : { ...asked, body: json(Buffer.from(body)) });
    }
    const response = await fetch(`${hub.url}${path}`, {
      method,
      signal,
      headers: { authorization: `Bearer ${hub.token}`, 'content-type': 'application/json' },
      ...(method === 'GET' ? {} : { body }),
    });
    const said = await response.text();
    return { status: response.status, body: response.headers.get('content-type')?.includes('json') ? json(Buffer.from(said)) : {} };
  }

  return {
    targets: [
      {
        name: 'requests to a whole hub',
        costs: 3_000,
        examples: text(...requestsOf(document, ids).filter((one) => !left.test(one.split('\n', 1)[0]!))),
        async eat(bytes) {
          const asked = readRequest(bytes);
          if (!asked || left.test(asked.path)) return 'no request';
          const { status, body } = await answer(asked);
          const { code, detail } = body as { code?: string; detail?: string };
          if (status === 500 || code === 'internal')
            throw new Error(`${asked.method} ${asked.path.slice(0, 80)} was answered ${status}: ${detail}`);
          return `${asked.method} ${asked.path.split('/', 4).slice(2).join('/')} ${status} ${code ?? ''} ${detail ?? ''}`;
        },
      },
    ],
    close: () => hub.end(),
  };
}
