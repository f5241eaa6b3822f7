import { afterAll, beforeAll, expect, it } from 'vitest';
import type { Started } from '../hub.ts';
import { call, twoHubs } from '../scenario.ts';
import { askAs, enrolWith } from '../signing-edge.ts';

/** What is promised of a session that is taken away. */
const mostMs = 60_000;

let hubs: Awaited<ReturnType<typeof twoHubs>>;
let [here, there]: [Started, Started] = [] as never;
beforeAll(async () => {
  hubs = await twoHubs();
  [here, there] = [hubs.one, hubs.other];
});
afterAll(() => hubs.end());

const admin = (method: string, path: string, body?: object) =>
  call<{ id: string }>(here.url, method, path, { token: here.token, ...(body ? { body } : {}) });

/** The cookie of somebody who signed in at the other hub, and their open stream there. */
async function stolen(name: string): Promise<{ id: string; cookie: string; ended: Promise<true> }> {
  const password = `${name} has a password`;
  const { id } = (await admin('POST', '/v1/technicians', { name, password })).body;
  const { headers } = await call(there.url, 'POST', '/v1/auth/sign-in', { body: { name, password } });
  const cookie = headers.getSetCookie()[0]?.split(';')[0] as string;
  const reader = (await fetch(new URL('/v1/events', there.url), { headers: { cookie } })).body!.getReader();
  await reader.read();
  const read = async (): Promise<true> => {
    for (let part = await reader.read(); !part.done; part = await reader.read());
    return true;
  };
  return { id, cookie, ended: read() };
}
const status = async (url: string, cookie: string) => (await call(url, 'GET', '/v1/me', { cookie })).status;
const late = () => new Promise((resolve) => setTimeout(resolve, mostMs, 'still open').unref());

it.each([
  ['signs it out', 'Ada', 'sign-out'],
  ['resets the account', 'Ben', 'reset'],
  ['lets its owner go', 'Cy', 'leave'],
])(
  'a session that was stolen is refused by every hub on the database at the next request when an admin at one of them %s, and its streams end',
  async (_, name, act) => {
    const { id, cookie, ended } = await stolen(name);
    expect([await status(here.url, cookie), await status(there.url, cookie)]).toEqual([200, 200]);
    expect((await admin('POST', `/v1/technicians/${id}/${act}`)).status).toBeLessThan(300);
    expect([await status(here.url, cookie), await status(there.url, cookie)]).toEqual([401, 401]);
    expect(await Promise.race([ended, late()])).toBe(true);
  },
  mostMs + 10_000,
);

it('an edge that was stolen is refused by every hub on the database at its next request, and gets no other certificate', async () => {
  const { made } = await enrolWith(there.url, await hubs.one.hub.createEnrolmentCode('stolen'), 'stolen');
  const up = (url: string) => askAs(url, made, { method: 'POST', path: '/v1/sync/up', body: { epoch: 'e', records: [] } });
  expect([(await up(here.url)).status, (await up(there.url)).status]).toEqual([200, 200]);
  expect((await admin('POST', '/v1/edges/stolen/lock-out')).status).toBe(204);
  expect([(await up(here.url)).status, (await up(there.url)).status]).toEqual([401, 401]);
  const renewal = { method: 'POST', path: '/v1/sync/certificate', body: { csr: 'x'.repeat(200) } };
  expect((await askAs(there.url, made, renewal)).status).toBe(401);
});
