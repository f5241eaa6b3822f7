import { packsRoot } from '@wayside/packs';
import { afterAll, beforeAll, expect, it } from 'vitest';
import type { Attendant, CaseView } from '../api/types.ts';
import type { Started } from '../hub.ts';
import { call, handoff, record, twoHubs } from '../scenario.ts';
import { askAs, enrolAt } from '../signing-edge.ts';

let hubs: Awaited<ReturnType<typeof twoHubs>>;
beforeAll(async () => {
  hubs = await twoHubs({ packsRoot });
});
afterAll(() => hubs.end());

/** Somebody at one of the hubs. */
async function technician(at: Started, name: string) {
  const password = `${name} has a password`;
  await call(at.url, 'POST', '/v1/technicians', { token: at.token, body: { name, password } });
  const { headers } = await call(at.url, 'POST', '/v1/auth/sign-in', { body: { name, password } });
  const cookie = headers.getSetCookie()[0]?.split(';')[0] as string;
  const as = <T>(method: string, path: string, body?: object) => call<T>(at.url, method, path, { cookie, ...(body ? { body } : {}) });
  /** What they hear of who has a case open, for as long as the hub is there. */
  const hears = async () => {
    const heard: string[] = [];
    const stream = (await fetch(new URL('/v1/events', at.url), { headers: { cookie } })).body!.pipeThrough(new TextDecoderStream());
    void (async () => {
      for await (const part of stream)
        for (const [, data] of part.matchAll(/event: attend\ndata: (.*)/g))
          heard.push(
            JSON.parse(data as string)
              .here.map(({ name, writes }: Attendant) => `${name}${writes ? ' writes' : ''}`)
              .join(),
          );
    })().catch(() => {});
    return heard;
  };
  return Object.assign(as, { hears });
}

it('of those who take a case given to a skill at once, at two hubs, one has it', async () => {
  const { one, other } = hubs;
  const edge = await enrolAt(one, 'e1');
  const body = { epoch: 'a', records: [record(1, 'handoff', handoff('c')), record(2, 'handoff', handoff('d'))] };
  await askAs(one.url, edge, { method: 'POST', path: '/v1/sync/up', body });
  const ada = await technician(one, 'Ada');
  const others = await Promise.all([one, other, one, other].map((hub, n) => technician(hub, `T${n}`)));
  const give = { skill: 'home-hvac', language: 'en', text: 'It defrosts all the time.' };
  for (const id of ['c', 'd']) {
    await ada('POST', `/v1/cases/${id}/claim`);
    expect((await ada('POST', `/v1/cases/${id}/transfer`, give)).status).toBe(200);
  }
  for (const as of others) expect((await as('POST', '/v1/cases/c/transfer/seen')).status).toBe(200);
  // Who gave it thinks better of it at the same time.
  const taken = await Promise.all([ada('POST', '/v1/cases/c/transfer/withdraw'), ...others.map((as) => as('POST', '/v1/cases/c/claim'))]);
  expect(taken.map(({ status }) => status).sort()).toEqual([200, 409, 409, 409, 409]);
  const { technician: has, transfers } = (await ada<CaseView>('GET', '/v1/cases/c')).body;
  expect(transfers.map(({ to }) => to)).toEqual([has]);
  // “Next” keeps it for one of them to read.
  const next = await Promise.all(others.map((as) => as<{ case: string | null }>('POST', '/v1/queue/next', { which: 'any' })));
  expect(next.flatMap(({ body }) => body.case ?? [])).toEqual(['d']);
});

it('who has a case open at one hub sees who opens it, writes in it and leaves it at the other; nobody else does', async () => {
  const { one, other } = hubs;
  const [ada, ben, eve] = await Promise.all([technician(one, 'Ann'), technician(other, 'Bob'), technician(other, 'Eve')]);
  const [atAda, atEve] = [await ada.hears(), await eve.hears()];
  const attend = (as: typeof ada, does: string) => as<{ here: Attendant[] }>('POST', '/v1/cases/c/attend', { does });
  expect((await attend(ada, 'looks')).body.here).toEqual([]);
  // What one hub tells another is there a moment later.
  await expect.poll(async () => (await attend(ben, 'looks')).body.here.map(({ name }) => name)).toEqual(['Ann']);
  await attend(ben, 'writes');
  await expect.poll(() => atAda).toEqual(['Ann,Bob', 'Ann,Bob writes']);
  await attend(ben, 'leaves');
  await expect.poll(() => atAda.at(-1)).toBe('Ann');
  expect(atEve).toEqual([]);
  expect((await attend(eve, 'sings')).status).toBe(400);
});
