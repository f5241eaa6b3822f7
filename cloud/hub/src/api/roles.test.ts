import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type Action, type Actor, can, everybody, may, type Role, roles } from '../auth/can.ts';
import { entryOf, routes } from '../auth/routes.ts';
import { call, type Edge, handoff, type Scenario, startScenario, thing, turn } from '../scenario.ts';
import { enrolWith } from '../signing-edge.ts';
import type { CaseView } from './types.ts';

type Caller = { who: string; actor: Actor; as: { edge?: Edge; cookie?: string } };

let site: Scenario;
const callers: Caller[] = [];
const idOf = new Map<string, string>();
const tenants = ['alpha', 'beta', everybody];

/** A person of that role and tenant, signed in. */
async function person(role: Role, tenant: string): Promise<Caller> {
  const [name, password] = [`${role} of ${tenant}`, `${role} of ${tenant} and no other`];
  const { body } = await call<{ id: string }>(site.url, 'POST', '/v1/technicians', {
    token: site.token,
    body: { name, password, role, tenant },
  });
  idOf.set(name, body.id);
  const { headers } = await call(site.url, 'POST', '/v1/auth/sign-in', { body: { name, password } });
  return { who: name, actor: { role, tenant }, as: { cookie: headers.getSetCookie()[0]?.split(';')[0] as string } };
}

/** An enrolled edge of a tenant, with a case. */
async function edgeOf(tenant: string): Promise<Edge> {
  const edge = await site.edge(`edge-${tenant}`, tenant);
  const records = [
    { seq: 1, id: 'r1', kind: 'thing', at: 1, body: thing(`car-of-${tenant}`) },
    { seq: 2, id: 'r2', kind: 'handoff', at: 1, body: handoff(`case-${tenant}`) },
    { seq: 3, id: 'r3', kind: 'turn', at: 1, body: turn(`t-${tenant}`, `session-of-case-${tenant}`, 'operator', `a secret of ${tenant}`) },
  ];
  await edge.up('e1', records);
  return edge;
}

beforeAll(async () => {
  site = await startScenario();
  for (const tenant of ['alpha', 'beta']) {
    callers.push({ who: `edge of ${tenant}`, actor: { role: 'edge', tenant }, as: { edge: await edgeOf(tenant) } });
  }
  for (const role of roles) for (const tenant of tenants) callers.push(await person(role, tenant));
  callers.push({ who: 'nobody', actor: { role: 'nobody' }, as: {} });
}, 120_000);
afterAll(() => site.end());

/** What a path would name in tenant alpha. Nothing is changed by it: the bodies are empty, and what has none names nothing that is there. */
const inAlpha = (path: string) =>
  path
    .replace('{case}', path.endsWith('/claim') ? 'case-none' : 'case-alpha')
    .replace('{edge}', path.endsWith('/lock-out') ? 'edge-none' : 'edge-alpha')
    .replace('{session}', 'session-of-case-alpha')
    .replace('{technician}', 'nobody-here')
    .replace('{locale}', 'en')
    .replace('*', 'checkpoint')
    .replaceAll(/\{\w+\}/g, 'none');

/** Only whether one is let in; a stream would go on. */
async function ask(method: string, path: string, { edge, cookie }: Caller['as']): Promise<{ status: number }> {
  const over = new AbortController();
  const body = method === 'GET' ? undefined : '{}';
  const { status } = await fetch(new URL(path, site.url), {
    method,
    headers: {
      'content-type': 'application/json',
      ...(edge ? await edge.proof({ method, path, ...(body ? { body: JSON.parse(body) } : {}) }) : {}),
      ...(cookie ? { cookie, origin: site.url } : {}),
    },
    ...(body ? { body } : {}),
    signal: over.signal,
  });
  over.abort();
  return { status };
}

const as = (who: string) => {
  const { cookie } = (callers.find((caller) => caller.who === who) as Caller).as;
  return <T>(method: string, path: string, body?: unknown) =>
    call<T>(site.url, method, path, { cookie: cookie as string, ...(body === undefined ? {} : { body }) });
};

/** Open to all: what is brought along (a password, a code, a phone's cookie) decides behind the door. */
const byItsOwnProof: ReadonlySet<Action> = new Set(['sign-in', 'edge:enrol', 'customer', 'bridge']);

describe('every route', () => {
  it('has an entry that says what it does', async () => {
    const { body } = await call<{ paths: Record<string, Record<string, unknown>> }>(site.url, 'GET', '/openapi.json');
    const there = Object.entries(body.paths).flatMap(([path, methods]) =>
      Object.keys(methods).map((method) => `${method.toUpperCase()} ${path}`),
    );
    const below = there.filter((route) => route.includes(' /v1/'));
    expect(below.length).toBeGreaterThan(25);
    expect(
      below.filter((route) => routes[route] === undefined),
      'add it to cloud/hub/src/auth/routes.ts',
    ).toEqual([]);
    const old = Object.keys(routes).filter((route) => !there.includes(route) && !route.includes('*') && !route.endsWith('/sync/wake'));
    expect(old, 'entries of routes that are not there any more').toEqual([]);
  });

  it('is matched whatever its path names, and by no other path', () => {
    expect(entryOf('GET', '/v1/cases/a%2Fb')).toMatchObject({ action: 'case:read', named: { case: 'a/b' } });
    expect(entryOf('HEAD', '/v1/cases/x')).toMatchObject({ action: 'case:read' });
    for (const path of ['/v1/cases/x/y/z', '/v1/casesx', '/v1/cases/', '//v1/cases', '/v1/cases/x/claim/'])
      expect(entryOf('POST', path), path).toBeUndefined();
  });

  it.each(Object.entries(routes).filter(([route]) => !route.endsWith('/sync/wake')))(
    '%s lets in each role of each tenant as the table says',
    async (route, { action, of }) => {
      const [method, path] = route.split(' ') as [string, string];
      const wrong: string[] = [];
      let refused = 0;
      for (const { who, actor, as: credentials } of callers) {
        if (route === 'POST /v1/auth/sign-out' && actor.role !== 'nobody') continue;
        const { status } = await ask(method, inAlpha(path), credentials);
        const stranger = actor.role === 'edge' || actor.role === 'nobody';
        const named = of === 'case' || of === 'edge';
        const isThere = !path.endsWith('/claim') && !path.endsWith('/lock-out');
        const allowed = can(actor, action);
        const theirs = named ? can(actor, action, { tenant: 'alpha' }) && (isThere || actor.tenant === everybody) : true;
        // Who is not known is asked who they are; who may not is told so; whose it is not, to them it is not there.
        const expected = !allowed ? (stranger ? [401] : action === 'sync' ? [401] : [403]) : !theirs ? [404] : undefined;
        if (expected) refused++;
        const right = expected ? expected.includes(status) : ![401, 403].includes(status) || (byItsOwnProof.has(action) && status === 401);
        const found = expected || !named || !isThere || method !== 'GET' ? true : status === 200;
        if (!right || !found) wrong.push(`${who}: ${status}${expected ? `, expected ${expected}` : ''}`);
      }
      expect(wrong).toEqual([]);
      if (!byItsOwnProof.has(action)) expect(refused, 'somebody is refused').toBeGreaterThan(0);
    },
  );
});

describe('the table', () => {
  it('gives an auditor nothing that changes anything, and a technician nothing that lets anybody in', () => {
    const changing = [
      'case:work',
      'article:write',
      'article:publish',
      'issue:publish',
      'technician:manage',
      'edge:manage',
      'sync',
    ] as const;
    expect(changing.filter((action) => may.auditor.has(action))).toEqual([]);
    expect([...may.technician].filter((action) => action.endsWith(':manage') || action.endsWith(':publish'))).toEqual([]);
    expect([...may.technician].every((action) => may.lead.has(action))).toBe(true);
    expect([...may.lead].every((action) => may.admin.has(action))).toBe(true);
    expect(may.nobody).toEqual(byItsOwnProof);
  });
});

describe('a tenant', () => {
  it('sees its own cases, fleet and figures, and no word of another’s', async () => {
    const beta = as('admin of beta');
    const { body: list } = await beta<{ cases: { id: string }[]; counts: { open: number } }>('GET', '/v1/cases');
    expect([list.cases.map(({ id }) => id), list.counts.open]).toEqual([['case-beta'], 1]);
    const { body: fleet } = await beta<{ edges: { id: string; things: unknown[] }[] }>('GET', '/v1/fleet');
    expect(fleet.edges.map(({ id, things }) => [id, things.length])).toEqual([['edge-beta', 1]]);
    expect((await beta<{ cases: { open: number } }>('GET', '/v1/insight')).body.cases.open).toBe(1);
    const { body: view } = await beta<CaseView>('GET', '/v1/cases/case-beta');
    expect(JSON.stringify(view)).toContain('a secret of beta');
    expect(JSON.stringify([list, fleet, view])).not.toContain('alpha');
    const { body: all } = await as('lead of *')<{ cases: { id: string }[] }>('GET', '/v1/cases');
    expect(all.cases.map(({ id }) => id).sort()).toEqual(['case-alpha', 'case-beta']);
  });

  it('has an admin who lets people and edges into it alone', async () => {
    const admin = as('admin of beta');
    const fresh = { name: 'New here', password: 'long enough to pass' };
    for (const tenant of ['alpha', everybody]) expect((await admin('POST', '/v1/technicians', { ...fresh, tenant })).status).toBe(403);
    expect((await admin<{ tenant: string }>('POST', '/v1/technicians', fresh)).body.tenant).toBe('beta');
    expect((await admin('POST', '/v1/edges/codes', { tenant: 'alpha' })).status).toBe(403);
    expect((await admin('POST', '/v1/edges/codes', { edge: 'edge-alpha' })).status).toBe(403);
    expect((await admin('POST', `/v1/technicians/${idOf.get('technician of alpha')}/sign-out`)).status).toBe(404);
  });
});

describe('a session that was stolen', () => {
  it('ends the moment an admin ends it: for requests, and for a stream that is open', async () => {
    const { as: mark } = await person('technician', 'gamma').then((caller) => caller);
    const id = idOf.get('technician of gamma') as string;
    const stream = await fetch(new URL('/v1/events', site.url), { headers: { cookie: mark.cookie as string } });
    const reader = stream.body!.getReader();
    expect(new TextDecoder().decode((await reader.read()).value)).toContain('here');
    expect((await call(site.url, 'POST', `/v1/technicians/${id}/sign-out`, { token: site.token })).status).toBe(204);
    expect((await call(site.url, 'GET', '/v1/me', { cookie: mark.cookie as string })).status).toBe(401);
    // The next news finds nobody there.
    await call(site.url, 'POST', '/v1/edges/codes', { token: site.token, body: {} });
    const edge = await site.edge('edge-gamma');
    await edge.tell('handoff', handoff('case-gamma'));
    let heard = '';
    for (let part = await reader.read(); !part.done; part = await reader.read()) heard += new TextDecoder().decode(part.value);
    expect(heard).not.toContain('case-gamma');
  });

  it('and its owner, when they have left, come back by no door; the last admin of all cannot leave', async () => {
    const caller = await person('lead', 'gamma');
    const id = idOf.get('lead of gamma') as string;
    expect((await call(site.url, 'POST', `/v1/technicians/${id}/leave`, { token: site.token })).status).toBe(204);
    expect((await call(site.url, 'GET', '/v1/me', { cookie: caller.as.cookie as string })).status).toBe(401);
    const again = await call(site.url, 'POST', '/v1/auth/sign-in', {
      body: { name: 'lead of gamma', password: 'lead of gamma and no other' },
    });
    expect(again.status).toBe(401);
    const admins = await startScenario();
    const { body: me } = await admins.as<{ id: string }>('GET', '/v1/me');
    expect((await admins.as('POST', `/v1/technicians/${me.id}/leave`)).status).toBe(409);
    await admins.end();
  });

  it('an edge that is locked out is known no more, until it comes with a code made for it', async () => {
    const edge = await site.edge('stolen-box');
    expect((await edge.up('e1', [])).status).toBe(200);
    await site.as('POST', '/v1/edges/stolen-box/lock-out');
    expect((await edge.up('e1', [])).status).toBe(401);
    const { body } = await site.as<{ code: string }>('POST', '/v1/edges/codes', { edge: 'stolen-box' });
    expect((await enrolWith(site.url, body.code, 'stolen-box')).status).toBe(200);
  });
});
