import { createDevice, pair } from '@wayside/device-sdk';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { createSite, type Site, until } from '../support/site.ts';

let site: Site;
beforeAll(async () => {
  site = await createSite({ hub: false });
});
afterAll(() => site?.close());

it('a device that was unpacked asks for its secret with the code a person reads out, and speaks for itself alone', async () => {
  const { url } = site.edge();
  await expect(pair(url, 'ABCDEFGH', 'lamp-1')).rejects.toMatchObject({ code: 'forbidden' });
  const { code } = await site.operator.post('/v1/devices/window', { minutes: 1 });
  await expect(pair(url, 'ABCDEFGH', 'lamp-1')).rejects.toMatchObject({ code: 'unauthorized' });
  const { username, password, port } = await pair(url, code, 'lamp-1');
  const lamp = createDevice({
    url: `mqtt://127.0.0.1:${port}`,
    username,
    password,
    id: 'lamp-1',
    description: { title: 'Lamp', family: 'lamp' },
  });
  await lamp.start();
  lamp.publish({ level: 4 });
  await until('the lamp', async () => (await site.operator.get('/v1/things/lamp-1')).presence === 'online');
  await until('its reading', () => lamp.state().sent === 1);
  await lamp.stop();
});
