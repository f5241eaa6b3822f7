import { createDevice } from '@wayside/device-sdk';
import { connectAsync } from 'mqtt';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { createSite, type Site, until } from '../support/site.ts';

describe('a new device', () => {
  let site: Site;
  beforeAll(async () => {
    site = await createSite({ hub: false });
  });
  afterAll(() => site.close());
  /** As a device asks: it shows nothing but the code. */
  const pair = async (code: string, device: string) => {
    const response = await fetch(new URL('/v1/devices/pair', site.edge().url), {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify({ code, device }),
    });
    return {
      status: response.status,
      body: (await response.json()) as { username: string; password: string; port: number; detail: string },
    };
  };

  it('gets a secret of its own in the window a person opens, and with the SDK is a thing on the panel', async () => {
    expect(await pair('AAAA2222', 'lamp-1')).toMatchObject({ status: 403, body: { detail: expect.stringMatching(/Open a window first/) } });
    const { code } = await site.operator.post('/v1/devices/window', { minutes: 1 });
    expect((await pair('WRONG', 'lamp-1')).status).toBe(401);
    const { status, body } = await pair(code, 'lamp-1');
    expect(status).toBe(201);
    const { username, password, port } = body;
    expect((await pair(code, 'lamp-1')).status).toBe(409);
    const device = createDevice({
      url: `mqtt://127.0.0.1:${port}`,
      username,
      password,
      id: 'lamp-1',
      description: { title: 'Lamp', family: 'lamp' },
    });
    await device.start();
    device.publish({ brightness: 0.5 } as never);
    await until('the lamp', async () => (await site.operator.get('/v1/things/lamp-1')).presence === 'online');
    expect(await site.operator.get('/v1/devices')).toMatchObject({ devices: [{ device: 'lamp-1', things: ['lamp-1'] }], window: {} });
    await site.operator.raw('/v1/devices/lamp-1', { method: 'DELETE' });
    await until('the lamp is cut off', async () => (await site.operator.get('/v1/things/lamp-1')).presence === 'offline');
    await device.stop();
    await expect(connectAsync(`mqtt://127.0.0.1:${port}`, { username, password, reconnectPeriod: 0 })).rejects.toThrow();
  });

  it.each(['GET', 'POST'])('and nobody else may %s whom the broker lets in', async (method) => {
    const response = await fetch(new URL('/v1/devices', site.edge().url), {
      method,
      headers: { 'content-type': 'application/json' },
      ...(method === 'POST' ? { body: '{"device":"x"}' } : {}),
    });
    expect(response.status).toBe(401);
  });

  it('with rubbish for a wish is told what is wrong', async () => {
    for (const body of [
      {},
      { device: '../x' },
      { device: 'x', trees: ['#'] },
      { device: 'x', trees: ['wayside'] },
      { device: 'x', more: 1 },
    ])
      expect((await site.operator.raw('/v1/devices', { method: 'POST', body: JSON.stringify(body) })).status, JSON.stringify(body)).toBe(
        400,
      );
  });
});
