import { createHmac } from 'node:crypto';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { Ajv } from 'ajv';

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

/** A Chatwoot for tests: it takes what that API takes, and tells what its webhook tells. */
export type Chatwoot = {
  to: string;
  got: { path: string; body: Record<string, unknown> }[];
  /** What it would not have taken. */
  wrong: string[];
  /** So many of the next requests fail. */
  refuse(count: number): void;
  close(): void;
};

export async function startChatwoot(): Promise<Chatwoot> {
  const got: Chatwoot['got'] = [];
  const wrong: string[] = [];
  let refusals = 0;
  const ajv = new Ajv();
  const checks = takes.map(([path, schema, answer]) => ({ path, check: ajv.compile(schema), answer }));
  const server = createServer((request, response) => {
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
  return {
    to: `http://127.0.0.1:${(server.address() as AddressInfo).port}${inbox}`,
    got,
    wrong,
    refuse(count) {
      refusals = count;
    },
    close() {
      server.close();
      server.closeAllConnections();
    },
  };
}

const agent = { id: 7, name: 'Robin Sato', email: 'robin@example.com', type: 'user' };
const conversationOf = (id: number, source: string, status = 'open') => ({
  additional_attributes: {},
  can_reply: true,
  channel: 'Channel::Api',
  contact_inbox: { id: 3, contact_id: 9, inbox_id: 1, source_id: source, created_at: '2026-11-26T10:00:00.000Z', hmac_verified: false },
  id,
  inbox_id: 1,
  messages: [],
  labels: [],
  meta: { sender: { id: 9, name: 'Wayside c1', type: 'contact' }, assignee: agent, team: null, hmac_verified: false },
  status,
  custom_attributes: {},
  snoozed_until: null,
  unread_count: 0,
  priority: null,
  waiting_since: 0,
  timestamp: 1795687200,
  created_at: 1795687200,
});

/** `message_created` as its webhook posts it (`Message#webhook_data`). */
export const messageCreated = (
  id: number,
  content: string | null,
  { conversation = 2, source = 'source 1', ...more }: Record<string, unknown> = {},
) => ({
  account: { id: 1, name: 'Acme' },
  additional_attributes: {},
  content_attributes: {},
  content_type: 'text',
  content,
  conversation: conversationOf(conversation as number, source as string),
  created_at: '2026-11-26T10:00:00.000Z',
  id,
  inbox: { id: 1, name: 'Wayside' },
  message_type: 'outgoing',
  private: false,
  sender: agent,
  source_id: null,
  event: 'message_created',
  ...more,
});

/** `conversation_status_changed` as its webhook posts it (`Conversation#webhook_data`). */
export const statusChanged = (status: string, previous: string, source = 'source 1') => ({
  ...conversationOf(2, source, status),
  event: 'conversation_status_changed',
  changed_attributes: [{ status: { previous_value: previous, current_value: status } }],
});

/** The headers with which it signs (since 4.12). */
export function signedBy(secret: string, body: string, at: number): Record<string, string> {
  const timestamp = String(Math.floor(at / 1_000));
  const hex = createHmac('sha256', secret).update(`${timestamp}.${body}`).digest('hex');
  return { 'x-chatwoot-timestamp': timestamp, 'x-chatwoot-signature': `sha256=${hex}` };
}
