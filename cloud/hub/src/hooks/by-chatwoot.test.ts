import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { Ajv } from 'ajv';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { DeliveryRow, HookRow } from '../api/hook-types.ts';
import { handoff, type Scenario, startScenario, turn } from '../scenario.ts';

const text = { type: 'string' };
const strict = (properties: object, required: string[] = []) => ({ type: 'object', properties, required, additionalProperties: false });

/**
 * What Chatwoot's published OpenAPI (v1.1.0, tags Contacts, Conversations and Messages API) takes on these paths. There nothing is required and
 * more is allowed; here only what is named there is taken, and what it is useless without must be there.
 */
const takes: [RegExp, object, (n: number) => object][] = [
  [
    /^\/contacts$/,
    strict({ identifier: text, identifier_hash: text, email: text, name: text, avatar_url: text, custom_attributes: { type: 'object' } }, [
      'identifier',
    ]),
    (n) => ({ id: n, source_id: `source ${n}`, name: null, email: null, phone_number: null, pubsub_token: 'p' }),
  ],
  [
    /^\/contacts\/[^/]+\/conversations$/,
    strict({ custom_attributes: { type: 'object' } }),
    (n) => ({ id: n, inbox_id: '1', messages: [], contact: {} }),
  ],
  [
    /^\/contacts\/[^/]+\/conversations\/\d+\/messages$/,
    strict({ content: text, echo_id: text }, ['content']),
    (n) => ({ id: String(n), content: 'x' }),
  ],
  [/^\/contacts\/[^/]+\/conversations\/\d+\/toggle_status$/, strict({}), (n) => ({ id: n })],
];
const inbox = '/public/api/v1/inboxes/wayside';

describe('the bridge to Chatwoot', () => {
  let at = Date.parse('2026-11-26T10:00:00Z');
  let site: Scenario;
  let server: Server;
  const got: { path: string; body: Record<string, unknown> }[] = [];
  const wrong: string[] = [];
  let refusals = 0;

  beforeEach(async () => {
    got.length = 0;
    wrong.length = 0;
    const ajv = new Ajv();
    const checks = takes.map(([path, schema, answer]) => ({ path, check: ajv.compile(schema), answer }));
    server = createServer((request, response) => {
      let raw = '';
      request.on('data', (piece) => {
        raw += piece;
      });
      request.on('end', () => {
        const path = decodeURIComponent((request.url ?? '').slice(inbox.length));
        const door = checks.find((one) => one.path.test(path));
        const body = JSON.parse(raw) as Record<string, unknown>;
        if (refusals > 0) {
          refusals--;
          response.writeHead(503).end();
          return;
        }
        if (!request.url?.startsWith(inbox) || request.method !== 'POST' || !door?.check(body))
          wrong.push(`${request.method} ${request.url} ${JSON.stringify(door?.check.errors)}`);
        got.push({ path, body });
        response.writeHead(200, { 'content-type': 'application/json' }).end(JSON.stringify(door?.answer(got.length) ?? {}));
      });
    });
    await new Promise<void>((done) => server.listen(0, '127.0.0.1', done));
    site = await startScenario({ publicUrl: 'https://desk.example.com/' }, () => at);
  });
  afterEach(async () => {
    await site.end();
    server.close();
    server.closeAllConnections();
  });

  it('makes a case a conversation, what the person says its messages, each once, whatever was refused', { timeout: 120_000 }, async () => {
    const to = `http://127.0.0.1:${(server.address() as AddressInfo).port}${inbox}`;
    const events = ['opened', 'message', 'resolved'];
    const { body: hook } = await site.as<HookRow>('POST', '/v1/hooks', { kind: 'chatwoot', to, events });
    const edge = await site.edge('e1');
    const sent = async (count: number) => {
      for (const end = Date.now() + 20_000; Date.now() < end; await new Promise((on) => setTimeout(on, 30))) {
        const { deliveries } = (await site.as<{ deliveries: DeliveryRow[] }>('GET', `/v1/hooks/${hook.id}/deliveries`)).body;
        if (deliveries.filter(({ state }) => state === 'sent').length === count) return;
        at += 1_000;
      }
      throw new Error('waited in vain');
    };
    refusals = 1;
    await edge.tell('handoff', handoff('c1', { at }));
    await sent(1);
    await edge.tell('turn', turn('t9', 'session-of-c1', 'operator', 'It stands still now.'));
    await sent(2);
    await site.as('POST', '/v1/cases/c1/claim');
    await site.as('POST', '/v1/cases/c1/resolve', { text: 'Done.', draft: false });
    await sent(3);
    expect(wrong).toEqual([]);
    expect(got.map(({ path }) => path.replace(/^.*\/(\w+)$/, '$1'))).toEqual([
      'contacts',
      'conversations',
      'messages',
      'messages',
      'toggle_status',
    ]);
    expect(got.map(({ body }) => body.content).filter(Boolean)).toEqual(['says c1-t1', 'It stands still now.']);
    expect(got[1]?.body.custom_attributes).toMatchObject({ wayside: 'https://desk.example.com/#/cases/c1', family: 'vehicle' });
  });
});
