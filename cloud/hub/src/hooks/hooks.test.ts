import { createHmac } from 'node:crypto';
import { createServer, type IncomingMessage, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { CloudEvent, HTTP } from 'cloudevents';
import { SMTPServer } from 'smtp-server';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { DeliveryRow, HookRow } from '../api/hook-types.ts';
import { type Edge, handoff, type Scenario, startScenario, turn } from '../scenario.ts';

type Got = { headers: IncomingMessage['headers']; body: string };

/** A receiver that answers what it is told to. */
async function receiver(): Promise<{ url: string; got: Got[]; answers: number[]; server: Server }> {
  const got: Got[] = [];
  const answers: number[] = [];
  const server = createServer((request, response) => {
    let body = '';
    request.on('data', (piece) => {
      body += piece;
    });
    request.on('end', () => {
      got.push({ headers: request.headers, body });
      response.writeHead(answers.shift() ?? 204, { location: 'http://127.0.0.1:9/elsewhere' }).end();
    });
  });
  await new Promise<void>((done) => server.listen(0, '127.0.0.1', done));
  return { url: `http://127.0.0.1:${(server.address() as AddressInfo).port}/in`, got, answers, server };
}

async function until<T>(look: () => T | Promise<T>, ms = 20_000): Promise<NonNullable<T>> {
  for (const end = Date.now() + ms; Date.now() < end; await new Promise((on) => setTimeout(on, 20))) {
    const found = await look();
    if (found) return found as NonNullable<T>;
  }
  throw new Error('waited in vain');
}

describe('who is told of what happens to cases', () => {
  let at = Date.parse('2026-11-26T10:00:00Z');
  let site: Scenario;
  let edge: Edge;
  let there: Awaited<ReturnType<typeof receiver>>;
  const pass = (ms: number) => {
    at += ms;
  };
  const add = async (hook: object) => (await site.as<HookRow & { secret: string }>('POST', '/v1/hooks', hook)).body;
  const deliveries = async (id: string) =>
    (await site.as<{ deliveries: DeliveryRow[] }>('GET', `/v1/hooks/${id}/deliveries`)).body.deliveries;

  beforeEach(async () => {
    [site, there] = await Promise.all([startScenario({}, () => at), receiver()]);
    edge = await site.edge('e1');
  });
  afterEach(async () => {
    await site.end();
    there.server.close();
    there.server.closeAllConnections();
  });

  it('hears CloudEvents, signed, of what it asked for and of nothing else', { timeout: 120_000 }, async () => {
    const hook = await add({ kind: 'webhook', to: there.url, events: ['opened', 'resolved'] });
    await edge.tell('handoff', handoff('c1', { at }));
    await site.as('POST', '/v1/cases/c1/claim');
    await site.as('POST', '/v1/cases/c1/resolve', { text: 'Done.', draft: false });
    await until(() => there.got.length === 2);
    const events = there.got.map(({ headers, body }) => HTTP.toEvent<{ case: string }>({ headers, body }));
    for (const [i, event] of events.entries()) {
      if (!(event instanceof CloudEvent)) throw new Error('one event was expected');
      expect(event.validate()).toBe(true);
      expect([event.specversion, event.subject, event.data?.case]).toEqual(['1.0', 'c1', 'c1']);
      const { headers, body } = there.got[i] as Got;
      const key = Buffer.from(hook.secret.slice('whsec_'.length), 'base64');
      const mac = createHmac('sha256', key).update(`${headers['webhook-id']}.${headers['webhook-timestamp']}.${body}`).digest('base64');
      expect(headers['webhook-signature']).toBe(`v1,${mac}`);
      expect(headers['webhook-id']).toBe(event.id);
      // Nothing a person said, nor who they are, leaves by itself.
      expect(body).not.toContain('says c1-t1');
      expect(body).not.toContain('Ada');
    }
    expect(there.got.map(({ body }) => JSON.parse(body).type).sort()).toEqual([
      'dev.wayside.case.opened.v1',
      'dev.wayside.case.resolved.v1',
    ]);
    expect((await deliveries(hook.id)).map(({ state }) => state)).toEqual(['sent', 'sent']);
  });

  it('is tried again later and longer, given up at last, shown, and tried anew by hand', { timeout: 120_000 }, async () => {
    const hook = await add({ kind: 'webhook', to: there.url, events: ['opened'] });
    // A redirect is no receipt: nobody is followed to where nobody was asked to send.
    there.answers.push(500, 302, 503, 500, 500, 500, 500, 500);
    // What is told of in between makes the hub look at once, instead of when it does so by itself.
    await add({ kind: 'email', to: 'nobody@example.com', events: ['message'] });
    await edge.tell('handoff', handoff('c1', { at }));
    const tried = async (n: number) => {
      if (n > 1) await edge.tell('turn', turn(`t${n}`, 'session-of-c1'));
      await until(async () => (await deliveries(hook.id))[0]?.tries === n);
    };
    await tried(1);
    const waits: number[] = [];
    for (let n = 1; n < 8; n++) {
      const [{ nextAt }] = (await deliveries(hook.id)) as [DeliveryRow];
      waits.push((nextAt as number) - at);
      pass((nextAt as number) - at);
      await tried(n + 1);
    }
    expect(waits).toEqual([...waits].sort((a, b) => a - b));
    expect(await deliveries(hook.id)).toMatchObject([{ state: 'dead', said: 'answered 500', nextAt: null }]);
    expect((await site.as<{ hooks: HookRow[] }>('GET', '/v1/hooks')).body.hooks).toMatchObject([{ dead: 1, waiting: 0 }, {}]);
    const ids = new Set(there.got.map(({ headers }) => headers['webhook-id']));
    expect(ids.size).toBe(1);
    await site.as('POST', `/v1/deliveries/${[...ids][0]}/again`);
    await until(async () => (await deliveries(hook.id))[0]?.state === 'sent');
    expect((await site.as('POST', `/v1/deliveries/${[...ids][0]}/again`)).status).toBe(404);
  });

  it('is shown for two weeks what was sent, and no longer', { timeout: 120_000 }, async () => {
    const hook = await add({ kind: 'webhook', to: there.url, events: ['opened'] });
    await edge.tell('handoff', handoff('c1', { at }));
    await until(async () => (await deliveries(hook.id))[0]?.state === 'sent');
    pass(13 * 86_400_000);
    await edge.tell('handoff', handoff('c2', { at }));
    await until(async () => (await deliveries(hook.id)).filter(({ state }) => state === 'sent').length === 2);
    pass(2 * 86_400_000);
    await until(async () => (await deliveries(hook.id)).length === 1);
  });

  it('hears after a restart what was not told before', { timeout: 120_000 }, async () => {
    const hook = await add({ kind: 'webhook', to: there.url, events: ['opened', 'message'] });
    there.answers.push(500);
    await edge.tell('handoff', handoff('c1', { at }));
    await until(async () => (await deliveries(hook.id))[0]?.tries === 1);
    await site.again();
    pass(10_000);
    await until(async () => (await deliveries(hook.id))[0]?.state === 'sent');
  });

  it('of an urgent case is told by mail, with the way there and no word of the person', { timeout: 120_000 }, async () => {
    const mails: string[] = [];
    const mail = new SMTPServer({
      authOptional: true,
      disabledCommands: ['STARTTLS'],
      onData(stream, _, done) {
        let text = '';
        stream.on('data', (piece) => {
          text += piece;
        });
        stream.on('end', () => {
          mails.push(text);
          done();
        });
      },
    });
    await new Promise<void>((done) => mail.listen(0, '127.0.0.1', () => done()));
    const { port } = mail.server.address() as AddressInfo;
    const sending = await startScenario(
      { smtpUrl: `smtp://127.0.0.1:${port}`, mailFrom: 'hub@example.com', publicUrl: 'https://desk.example.com/' },
      () => at,
    );
    try {
      await sending.as('POST', '/v1/hooks', { kind: 'email', to: 'duty@example.com', events: ['urgent'] });
      const far = await sending.edge('e1');
      await far.tell('handoff', handoff('c-calm', { at }));
      await far.tell('handoff', handoff('c-urgent', { at, urgency: 'urgent' }));
      await until(() => mails.length === 1);
      // RFC 2045 §6.7: a line that ends in `=` goes on.
      const text = (mails[0] as string).replaceAll('=\r\n', '');
      expect(text).toContain('To: duty@example.com');
      expect(text).toContain('https://desk.example.com/#/cases/c-urgent');
      expect(text).not.toContain('c-calm');
    } finally {
      await sending.end();
      await new Promise<void>((done) => mail.close(done));
    }
  });

  it('is said by an admin alone, and is an address', { timeout: 120_000 }, async () => {
    const ada = await site.technician('Ada');
    const hook = { kind: 'webhook', to: there.url, events: ['opened'] };
    expect((await ada('POST', '/v1/hooks', hook)).status).toBe(403);
    expect((await ada('GET', '/v1/hooks')).status).toBe(403);
    for (const wrong of [
      { ...hook, to: 'file:///etc/passwd' },
      { ...hook, to: 'nowhere' },
      { ...hook, kind: 'email' },
      { ...hook, events: [] },
      { ...hook, events: ['born'] },
      { ...hook, secret: 'mine' },
    ])
      expect((await site.as('POST', '/v1/hooks', wrong)).status).toBe(400);
    const made = await add(hook);
    expect((await site.as('GET', '/v1/hooks')).body).not.toHaveProperty('hooks.0.secret');
    expect((await site.as('DELETE', `/v1/hooks/${made.id}`)).status).toBe(204);
    expect((await site.as('DELETE', `/v1/hooks/${made.id}`)).status).toBe(404);
    await edge.tell('handoff', handoff('c1', { at }));
    await edge.tell('turn', turn('t9', 'session-of-c1'));
    expect(there.got).toEqual([]);
  });
});
