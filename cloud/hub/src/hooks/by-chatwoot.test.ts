import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { DeliveryRow, HookRow } from '../api/hook-types.ts';
import type { CaseView } from '../api/types.ts';
import { call, type Edge, handoff, type Scenario, startScenario, turn } from '../scenario.ts';
import { type Chatwoot, messageCreated, signedBy, startChatwoot, statusChanged } from './chatwoot-double.ts';

const theirSecret = 'the secret of the inbox';
const events = ['opened', 'message', 'resolved'];

describe('the bridge to Chatwoot', () => {
  let at: number;
  let site: Scenario;
  let chatwoot: Chatwoot;
  let edge: Edge;
  let hook: HookRow & { answersTo: string };

  beforeEach(async () => {
    at = Date.parse('2026-11-26T10:00:00Z');
    [chatwoot, site] = await Promise.all([startChatwoot(), startScenario({ publicUrl: 'https://desk.example.com/' }, () => at)]);
    hook = (await site.as<typeof hook>('POST', '/v1/hooks', { kind: 'chatwoot', to: chatwoot.to, events, theirSecret })).body;
    edge = await site.edge('e1');
  });
  afterEach(async () => {
    await site.end();
    chatwoot.close();
  });

  const sent = async (count: number) => {
    for (const end = Date.now() + 20_000; Date.now() < end; await new Promise((on) => setTimeout(on, 30))) {
      const { deliveries } = (await site.as<{ deliveries: DeliveryRow[] }>('GET', `/v1/hooks/${hook.id}/deliveries`)).body;
      if (deliveries.filter(({ state }) => state === 'sent').length === count) return;
      at += 1_000;
    }
    throw new Error('waited in vain');
  };
  const done = () => chatwoot.got.map(({ path }) => path.replace(/^.*\/(\w+)$/, '$1'));
  /** Its webhook says this. */
  const tells = (event: unknown, { path = hook.answersTo, secret = theirSecret } = {}) => {
    const raw = JSON.stringify(event);
    return call<Record<string, unknown>>(site.url, 'POST', path, { raw, headers: signedBy(secret, raw, at) });
  };
  const view = async () => (await site.as<CaseView>('GET', '/v1/cases/c1')).body;
  const carried = async () => {
    await edge.tell('handoff', handoff('c1', { at }));
    await sent(1);
  };
  const replies = async () => (await edge.down()).envelopes.filter(({ kind }) => kind === 'reply').map(({ body }) => body);

  it('makes a case a conversation, what the person says its messages, each once, whatever was refused', { timeout: 120_000 }, async () => {
    chatwoot.refuse(1);
    await carried();
    await edge.tell('turn', turn('t9', 'session-of-c1', 'operator', 'It stands still now.'));
    await sent(2);
    await site.as('POST', '/v1/cases/c1/claim');
    await site.as('POST', '/v1/cases/c1/resolve', { text: 'Done.', draft: false });
    await sent(3);
    expect(chatwoot.wrong).toEqual([]);
    expect(done()).toEqual(['contacts', 'conversations', 'messages', 'messages', 'toggle_status']);
    expect(chatwoot.got.map(({ body }) => body.content).filter(Boolean)).toEqual(['says c1-t1', 'It stands still now.']);
    expect(chatwoot.got[1]?.body.custom_attributes).toMatchObject({
      wayside: 'https://desk.example.com/#/cases/c1',
      family: 'vehicle',
    });
    // That it is resolved there now is our own doing, and no news.
    expect((await tells(statusChanged('resolved', 'open'))).body).toEqual({ taken: 'nothing' });
  });

  it('brings back what an agent answers, in their name, once, whatever is told twice', { timeout: 120_000 }, async () => {
    await carried();
    expect((await tells(messageCreated(41, 'Please switch the ignition off.'))).body).toEqual({ taken: 'reply' });
    expect((await tells(messageCreated(41, 'Please switch the ignition off.'))).body).toEqual({ taken: 'reply' });
    expect(await replies()).toMatchObject([{ case: 'c1', by: 'Robin Sato', text: 'Please switch the ignition off.' }]);
    for (const elsewhere of [{ conversation: 77 }, { source: 'of another inbox' }])
      expect((await tells(messageCreated(42, 'Not for here.', elsewhere))).body).toEqual({ taken: 'nothing' });
    expect(await replies()).toHaveLength(1);
    const { turns, state, technician, waitingSince } = await view();
    expect(turns.at(-1)).toMatchObject({ by: 'technician', name: 'Robin Sato', delivery: 'stored' });
    expect({ state, technician, waitingSince }, 'it is still free for who works here').toEqual({
      state: 'open',
      technician: null,
      waitingSince: null,
    });
  });

  it('says in the conversation there why something does not reach the person', { timeout: 120_000 }, async () => {
    await carried();
    const file = { attachments: [{ id: 1, file_type: 'image', data_url: 'http://127.0.0.1/x.png' }] };
    for (const [id, said, more] of [
      [1, 'See the picture.', file],
      [2, 'x'.repeat(8_001), {}],
    ] as const) {
      const refused = await tells(messageCreated(id, said, more));
      expect(refused.status, 'so that it is marked as failed there').toBe(409);
      await tells(messageCreated(id, said, more));
    }
    await sent(3);
    await site.as('POST', '/v1/cases/c1/claim');
    expect((await tells(messageCreated(3, 'Me too.'))).body.detail).toContain('admin has this case');
    await sent(4);
    expect(chatwoot.got.slice(3).map(({ body }) => String(body.content).slice(0, 12))).toEqual([
      'Files cannot',
      'This is too ',
      'admin has th',
    ]);
    expect(await replies()).toEqual([]);
    expect(chatwoot.wrong).toEqual([]);
  });

  it('resolves and reopens a case as the desk there does', { timeout: 120_000 }, async () => {
    await carried();
    await tells(messageCreated(1, 'Swap the coil.'));
    expect((await tells(statusChanged('resolved', 'open'))).body).toEqual({ taken: 'resolved' });
    expect((await tells(statusChanged('resolved', 'open'))).body).toEqual({ taken: 'nothing' });
    expect(await view()).toMatchObject({ state: 'resolved', resolution: { by: 'Robin Sato' } });
    await sent(2);
    expect(done(), 'no switch was thrown back').toEqual(['contacts', 'conversations', 'messages']);
    expect((await tells(messageCreated(2, 'One more word.'))).body, 'the conversation may go on').toEqual({ taken: 'reply' });
    expect((await tells(statusChanged('snoozed', 'resolved'))).body).toEqual({ taken: 'nothing' });
    expect((await tells(statusChanged('open', 'resolved'))).body).toEqual({ taken: 'reopened' });
    expect(await view()).toMatchObject({ state: 'open', resolution: null });
    expect((await site.as<{ counts: object }>('GET', '/v1/cases')).body.counts).toMatchObject({ open: 1, resolved: 0 });
    expect((await edge.down()).envelopes.map(({ body }) => (body as { state?: string }).state).filter(Boolean)).toEqual([
      'resolved',
      'open',
    ]);
  });

  it('lets in who shows its key and its signature, and nobody else', { timeout: 120_000 }, async () => {
    await carried();
    const event = messageCreated(1, 'Hello');
    expect((await tells(event, { secret: 'another' })).status).toBe(401);
    expect((await tells(event, { path: `/v1/bridges/chatwoot/${hook.id}?key=guess` })).status).toBe(401);
    expect((await tells(event, { path: hook.answersTo.replace(hook.id, 'hook_none') })).status).toBe(401);
    const raw = JSON.stringify(event);
    expect((await call(site.url, 'POST', hook.answersTo, { raw, headers: signedBy(theirSecret, raw, at - 600_000) })).status).toBe(401);
    expect((await call(site.url, 'POST', hook.answersTo, { raw: `${raw} `, headers: signedBy(theirSecret, raw, at) })).status).toBe(401);
    for (const raw of ['{', '', '\u0000', '['.repeat(50_000), '5', '{"event":5}'])
      expect((await call(site.url, 'POST', hook.answersTo, { raw, headers: signedBy(theirSecret, raw, at) })).status, raw).toBe(400);
    expect((await call(site.url, 'POST', hook.answersTo, { raw: 'x'.repeat(2 ** 21) })).status).toBe(413);
    expect(await replies()).toEqual([]);
    for (let n = 0; n < 20; n++) await tells(event, { secret: 'another' });
    expect((await tells(event)).status, 'who guesses is shut out for a while').toBe(429);
  });
});
