import { connect } from 'node:net';
import { createDevice } from '@wayside/device-sdk';
import { connectAsync } from 'mqtt';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { createSite, type Site, until } from '../support/site.ts';

describe('bad input at the doors of a running site', () => {
  let site: Site;
  let session: string;
  beforeAll(async () => {
    site = await createSite();
    ({ session } = await site.operator.post('/v1/sessions', { channel: 'api', locale: 'en' }));
  }, 120_000);
  afterAll(() => site.close());

  const problemOf = async (response: Response) => {
    expect(response.headers.get('content-type')).toMatch(/application\/problem\+json/);
    return response.json() as Promise<{ status: number; code: string; detail: string; retryable: boolean }>;
  };

  it.each([
    ['malformed JSON', '{"text":'],
    ['a wrong type', '{"text":7}'],
    ['an empty text', '{"text":"  "}'],
    ['a field too many', '{"text":"hi","admin":true}'],
    ['no object', '[]'],
    ['a text of 3,000 letters', JSON.stringify({ text: 'x'.repeat(3_000) })],
  ])('%s is a problem document that says what is wrong', async (_, body) => {
    const problem = await problemOf(await site.operator.raw(`/v1/sessions/${session}/turns`, { method: 'POST', body }));
    expect(problem).toMatchObject({ status: 400, code: 'invalid', retryable: false });
    expect(problem.detail.length).toBeGreaterThan(10);
  });

  it('a body of ten megabytes is refused, at the edge and at the hub', async () => {
    const body = JSON.stringify({ text: 'x'.repeat(10_000_000) });
    for (const one of [
      site.operator.raw(`/v1/sessions/${session}/turns`, { method: 'POST', body }),
      site.technician.raw('/v1/articles', { method: 'POST', body }),
    ]) {
      expect((await problemOf(await one)).code).toBe('too-large');
    }
  });

  it.each(['/v1/sessions/s_nope', '/v1/things/nope', '/v1/things/nope/samples?signal=a', '/v1/articles/nope', '/nothing/here'])(
    '%s is not found, in words',
    async (path) => {
      expect((await problemOf(await site.operator.raw(path))).code).toBe('not-found');
    },
  );

  it('nobody gets in without a token, at either door', async () => {
    for (const url of [
      `${site.edge().url}/v1/things`,
      `${site.edge().url}/metrics`,
      `${site.hubUrl}/v1/cases`,
      `${site.hubUrl}/v1/sync/down`,
    ]) {
      expect((await problemOf(await fetch(url))).code).toBe('unauthorized');
    }
  });

  it('another site’s page cannot act with the panel’s cookie', async () => {
    const once = new URL(site.edge().panelLink()).hash.replace('#token=', '');
    const signedIn = await fetch(`${site.edge().url}/v1/auth/once`, {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify({ token: once }),
    });
    const cookie = signedIn.headers.get('set-cookie')?.split(';')[0] as string;
    const act = (from: string) =>
      fetch(`${site.edge().url}/v1/sessions`, {
        method: 'POST',
        headers: { cookie, 'sec-fetch-site': from, 'content-type': 'application/json' },
        body: '{"channel":"panel"}',
      });
    expect([(await act('same-origin')).status, (await act('cross-site')).status]).toEqual([201, 403]);
    const again = await fetch(`${site.edge().url}/v1/auth/once`, {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify({ token: once }),
    });
    expect(again.status).toBe(401);
  });

  it('whoever shows no secret, however many they are, keeps nobody waiting who does', async () => {
    const { mqttPort, mqtt, url } = site.edge();
    const doors = [
      { port: Number(new URL(url).port), half: 'GET /v1/status HTTP/1.1\r\nX-Slow: ' },
      { port: mqttPort, half: '\x10' },
    ];
    const crowd = doors.flatMap(({ port, half }) =>
      Array.from({ length: 150 }, (_, i) => {
        const socket = connect(port, '127.0.0.1').on('error', () => {});
        // Half of them say nothing, half begin and do not go on.
        if (i % 2 === 0) socket.write(half);
        return socket;
      }),
    );
    try {
      const strangers = await Promise.all(
        Array.from({ length: 100 }, (_, i) => site.operator.raw('/v1/sessions', { headers: { authorization: `Bearer guess-${i}` } })),
      );
      expect(strangers.filter(({ status }) => status !== 401 && status !== 429)).toEqual([]);
      const { session } = await site.operator.post('/v1/sessions', { channel: 'panel', locale: 'en' });
      expect((await site.operator.post(`/v1/sessions/${session}/turns`, { text: 'What can you do?' })).answer.text).toMatch(/./);
      const good = createDevice({
        url: `mqtt://127.0.0.1:${mqttPort}`,
        ...mqtt,
        id: 'calm-1',
        description: { title: 'Calm one', family: 'vehicle' },
      });
      await good.start();
      good.publish({ 'Vehicle.Speed': 7 });
      await until('the sample', async () => (await site.operator.get('/v1/things/calm-1')).signals['Vehicle.Speed']?.latest.value === 7);
      await good.stop();
    } finally {
      for (const socket of crowd) socket.destroy();
    }
  });

  it('nonsense from a device disturbs neither it nor its neighbours, and nothing that was good is lost', async () => {
    const { mqttPort, mqtt } = site.edge();
    const url = `mqtt://127.0.0.1:${mqttPort}`;
    const rude = await connectAsync(url, { ...mqtt, reconnectPeriod: 0 });
    const good = createDevice({ url, ...mqtt, id: 'good-1', description: { title: 'Good <b>one</b>', family: 'vehicle' } });
    await good.start();
    const topic = 'wayside/v1/things/rude-1/telemetry';
    const many = JSON.stringify({ signals: Object.fromEntries(Array.from({ length: 10_000 }, (_, i) => [`s${i}`, i])) });
    for (let i = 0; i < 30; i++) {
      good.publish({ 'Vehicle.Speed': i });
      await rude.publishAsync(
        topic,
        ['{', '{"signals":{"a":NaN}}', 'null', many, '{"signals":{"a":{"b":1}}}', '\u0000\uffff'][i % 6] as string,
        { qos: 1 },
      );
    }
    for (const at of ['1970-01-01T00:00:01Z', '2090-01-01T00:00:00Z'])
      await rude.publishAsync(topic, JSON.stringify({ at, signals: { a: 1 } }), { qos: 1 });
    const points = await until('all good samples', async () => {
      const found = await site.operator.get('/v1/things/good-1/samples?signal=Vehicle.Speed');
      return found.points.length >= 30 && found.points;
    });
    expect(points.map(([, v]: [number, number]) => v)).toEqual(Array.from({ length: 30 }, (_, i) => i));
    const rudeThing = await site.operator.get('/v1/things/rude-1');
    expect(rudeThing).toMatchObject({ family: 'unknown', signals: { a: { latest: { value: 1, quality: 'suspect-time' } } } });
    await good.stop();
    rude.end(true);
  });

  it('the same turn id twice is one turn with one answer', async () => {
    const turn = { id: 'same-1', text: 'hello' };
    const [first, second] = [
      await site.operator.post(`/v1/sessions/${session}/turns`, turn),
      await site.operator.post(`/v1/sessions/${session}/turns`, turn),
    ];
    // How it sounded is the one thing that is not kept.
    expect(second).toEqual({ ...first, sentiment: null });
    const { turns } = await site.operator.get(`/v1/sessions/${session}`);
    expect(turns.filter((t: { id: string }) => t.id === 'same-1')).toHaveLength(1);
  });

  it('HTML is data, from the device to the technician', async () => {
    const { session: own } = await site.operator.post('/v1/sessions', {
      channel: 'api',
      locale: 'en',
      person: '<img src=x onerror=alert(1)>',
    });
    await site.operator.post(`/v1/sessions/${own}/turns`, { text: '<script>alert(1)</script>' });
    const { case: id } = await site.operator.post(`/v1/sessions/${own}/handoff`);
    const view = await until('the case', () => site.technician.get(`/v1/cases/${id}`).catch(() => undefined));
    expect(view.turns[0].text).toBe('<script>alert(1)</script>');
    const page = await fetch(`${site.hubUrl}/`);
    expect(page.headers.get('content-security-policy')).toMatch(/default-src 'self'/);
  });

  it('random bodies never make a server error', async () => {
    const paths = ['/v1/sessions', `/v1/sessions/${session}/turns`, '/v1/auth/once'];
    for (let i = 0; i < 300; i++) {
      const bytes = crypto.getRandomValues(new Uint8Array(i % 90));
      const response = await site.operator.raw(paths[i % 3] as string, {
        method: 'POST',
        body: i % 2 ? bytes : JSON.stringify({ text: Buffer.from(bytes).toString('latin1'), channel: 'api', token: 1 }),
      });
      expect(response.status).toBeLessThan(500);
    }
  });
});
