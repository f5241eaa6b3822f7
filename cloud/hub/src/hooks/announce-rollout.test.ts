import { createHmac } from 'node:crypto';
import { createServer, type IncomingMessage } from 'node:http';
import type { AddressInfo } from 'node:net';
import { CloudEvent, HTTP } from 'cloudevents';
import { SMTPServer } from 'smtp-server';
import { afterEach, beforeEach, expect, it } from 'vitest';
import type { HookRow } from '../api/hook-types.ts';
import type { RolloutList } from '../api/rollout-types.ts';
import { type Edge, type Scenario, startScenario } from '../scenario.ts';
import { sayWhyStopped } from './say-stopped.ts';

type Got = { headers: IncomingMessage['headers']; body: string };

const got: Got[] = [];
const mails: string[] = [];
const receiver = createServer(async (request, response) => {
  let body = '';
  for await (const piece of request) body += piece;
  got.push({ headers: request.headers, body });
  response.writeHead(204).end();
});
const mail = new SMTPServer({
  authOptional: true,
  disabledCommands: ['STARTTLS'],
  async onData(stream, _, done) {
    let text = '';
    for await (const piece of stream) text += piece;
    mails.push(text);
    done();
  },
});
let site: Scenario;
let edge: Edge;
let hook: HookRow & { secret: string };

beforeEach(async () => {
  got.length = 0;
  mails.length = 0;
  await new Promise<void>((done) => receiver.listen(0, '127.0.0.1', done));
  await new Promise<void>((done) => mail.listen(0, '127.0.0.1', () => done()));
  site = await startScenario({
    smtpUrl: `smtp://127.0.0.1:${(mail.server.address() as AddressInfo).port}`,
    mailFrom: 'hub@example.com',
    publicUrl: 'https://desk.example.com/',
  });
  edge = await site.edge('e1');
  const to = `http://127.0.0.1:${(receiver.address() as AddressInfo).port}/in`;
  hook = (await site.as<typeof hook>('POST', '/v1/hooks', { kind: 'webhook', to, events: ['rollout-stopped'] })).body;
  await site.as('POST', '/v1/hooks', { kind: 'email', to: 'lead@example.com', events: ['rollout-stopped'] });
});
afterEach(async () => {
  await site.end();
  receiver.closeAllConnections();
  await new Promise((done) => receiver.close(done));
  await new Promise<void>((done) => mail.close(done));
});

async function begin(): Promise<string> {
  const what = { of: 'generator', model: 'none' };
  return (await site.as<RolloutList>('POST', '/v1/rollouts', { what, first: ['e1'], rules: { soakMinutes: 0 } })).body.rollouts[0]!.id;
}

it('a rollout that stops itself is told by signed webhook and by mail, with its reason, once', async () => {
  const rollout = await begin();
  await edge.tell('took', { rollout, state: 'refused', problem: 'no room', at: Date.now() });
  await expect.poll(() => [got.length, mails.length], { timeout: 20_000 }).toEqual([1, 1]);
  const { headers, body } = got[0]!;
  const event = HTTP.toEvent({ headers, body }) as CloudEvent<object>;
  expect(event).toBeInstanceOf(CloudEvent);
  expect(event.validate()).toBe(true);
  expect(event).toMatchObject({ type: 'dev.wayside.rollout.stopped.v1', source: '/v1/rollouts', subject: rollout });
  expect(event.data).toEqual({
    ...{ rollout, what: { of: 'generator', model: 'none' }, ring: 0, edges: 0 },
    title: { en: 'no language model', zh: '不使用语言模型' },
    why: { reason: 'refused', edge: 'e1', detail: 'no room' },
  });
  const mac = createHmac('sha256', Buffer.from(hook.secret.slice('whsec_'.length), 'base64'));
  mac.update(`${headers['webhook-id']}.${headers['webhook-timestamp']}.${body}`);
  expect(headers['webhook-signature']).toBe(`v1,${mac.digest('base64')}`);
  // RFC 2045 §6.7: a line that ends in `=` goes on, and what is not ASCII is written by its bytes.
  const text = Buffer.from(
    mails[0]!.replaceAll('=\r\n', '').replaceAll(/=([0-9A-F]{2})/g, (_, hex: string) => String.fromCharCode(Number.parseInt(hex, 16))),
    'latin1',
  ).toString();
  expect(text).toContain('e1 refused it: no room');
  expect(text).toContain('e1 拒绝了它：no room');
  expect(text).toContain('https://desk.example.com/#/fleet');
});

it('one that somebody stops is told too, and not by whom', async () => {
  const rollout = await begin();
  const { status } = await site.as('POST', `/v1/rollouts/${rollout}/stop`);
  expect(status).toBe(200);
  await site.as('POST', `/v1/rollouts/${rollout}/stop`);
  await expect.poll(() => got.length, { timeout: 20_000 }).toBe(1);
  expect(JSON.parse(got[0]!.body).data).toMatchObject({ why: { reason: 'person' }, edges: 1 });
  expect(JSON.parse(got[0]!.body).data.why).not.toHaveProperty('by');
});

it('an inbox that holds conversations of cases is told of no rollouts', async () => {
  const wanted = { kind: 'chatwoot', to: 'https://chat.example/public/api/v1/inboxes/x', events: ['opened', 'rollout-stopped'] };
  const { status, body } = await site.as<{ detail: string }>('POST', '/v1/hooks', wanted);
  expect([status, body.detail]).toEqual([400, expect.stringContaining('rollouts by webhook or mail')]);
});

it('every reason is a sentence in both languages', () => {
  const whys = [
    { reason: 'person' },
    { reason: 'refused', edge: 'e1' },
    { reason: 'silent', edge: 'e1' },
    { reason: 'faults', edge: 'e1', is: 5.25, was: 1 },
    { reason: 'errors', edge: 'e1', is: 6, was: 0 },
    { reason: 'understood', edge: 'e1', is: 0.6, was: 0.9 },
  ] as const;
  const said = whys.map((why) => sayWhyStopped({ why }));
  expect(said.map(({ en }) => en)).toEqual([
    'Somebody at the desk stopped it.',
    'e1 refused it.',
    'e1 was told and has not been heard since.',
    'e1 has 5.3 faults a day; before, 1.',
    'e1 has logged 6 errors since.',
    'e1 understands 60 % of what it is told; before, 90 %.',
  ]);
  for (const { zh } of said) expect(zh).toMatch(/[\u4e00-\u9fff].*。$/);
});
