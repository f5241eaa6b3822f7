import { describe, expect, it } from 'vitest';
import type { Colleague } from '../api/types.ts';
import { call, handoff, type Scenario, startScenario } from '../scenario.ts';
import { hour, idOf, queue } from './desk-scenario.ts';

describe('a queue of several tenants', () => {
  it('offers, gives and briefs each case only within its own', async () => {
    const site = await startScenario({ deskZone: 'UTC' });
    const person = async (name: string, tenant: string): Promise<Scenario['as']> => {
      const password = `${name} has a password`;
      await site.as('POST', '/v1/technicians', { name, password, tenant });
      const { headers } = await call(site.url, 'POST', '/v1/auth/sign-in', { body: { name, password } });
      const cookie = headers.getSetCookie()[0]?.split(';')[0] as string;
      return (method, path, body) => call(site.url, method, path, { cookie, ...(body === undefined ? {} : { body }) });
    };
    const [anna, bill] = [await person('Anna', 'alpha'), await person('Bill', 'beta')];
    await (await site.edge('alpha-1', 'alpha')).tell('handoff', handoff('c-alpha'));
    expect((await queue(anna)).cases[0]?.offered).toMatchObject({ name: 'Anna' });
    expect((await bill('POST', '/v1/queue/next', { which: 'any' })).body).toEqual({ case: null });
    expect((await bill('POST', '/v1/cases/c-alpha/snooze', { until: Date.now() + hour })).status).toBe(404);
    expect((await bill<{ colleagues: Colleague[] }>('GET', '/v1/colleagues')).body.colleagues.map(({ name }) => name)).not.toContain(
      'Anna',
    );
    await anna('POST', '/v1/queue/next', { which: 'any' });
    const asked = { to: await idOf(bill), wants: 'help', text: 'x' };
    expect((await anna('POST', '/v1/cases/c-alpha/briefings', asked)).status).toBe(404);
    await site.end();
  });
});
