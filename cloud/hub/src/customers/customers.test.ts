import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { CaseView } from '../api/types.ts';
import { call, handoff, type Scenario, startScenario } from '../scenario.ts';

describe('what a person writes on their phone', () => {
  let site: Scenario;
  let cookie: string;
  const write = (id: string, text: string) => call(site.url, 'POST', '/v1/customer/messages', { cookie, body: { id, text } });
  const heard = async (id: string) =>
    (await site.as<CaseView>('GET', '/v1/cases/c1')).body.turns.find((turn: { id: string }) => turn.id === id)?.text;

  beforeAll(async () => {
    site = await startScenario();
    const edge = await site.edge('e1');
    await edge.tell('handoff', handoff('c1'));
    const { link } = (await site.as<{ link: string }>('POST', '/v1/cases/c1/customer-link')).body;
    const opened = await call(site.url, 'POST', '/v1/customer/open', { body: { link: link.split('#')[1] } });
    cookie = opened.headers.get('set-cookie')?.split(';')[0] as string;
  });
  afterAll(() => site.end());

  it('comes without a way to reach them, as from the machine, until they agree to that', async () => {
    expect((await write('m1', 'It still rattles. Call 0170 1234567 or a.b@example.com.')).status).toBeLessThan(300);
    expect(await heard('m1')).toBe('It still rattles. Call [number] or [e-mail].');
    await call(site.url, 'POST', '/v1/customer/consents', { cookie, body: { contact: true } });
    await write('m2', 'Call 0170 1234567.');
    expect(await heard('m2')).toBe('Call 0170 1234567.');
    await call(site.url, 'POST', '/v1/customer/consents', { cookie, body: { contact: false } });
    await write('m3', 'Or 0171 7654321.');
    expect(await heard('m3')).toBe('Or [number].');
  });
});
