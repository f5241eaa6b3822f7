import { Client } from '@modelcontextprotocol/sdk/client/index.js';
import { StreamableHTTPClientTransport } from '@modelcontextprotocol/sdk/client/streamableHttp.js';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { createSite, type Site, until } from '../support/site.ts';

/** The desk as a model's client sees it: the SDK's own client over HTTP, on a real site. */
describe('the Model Context Protocol', () => {
  let site: Site;
  let client: Client;
  let caseId: string;
  const connect = async (token: string) => {
    const made = new Client({ name: 'test', version: '1' });
    const headers = { authorization: `Bearer ${token}` };
    await made.connect(new StreamableHTTPClientTransport(new URL('/v1/mcp', site.hubUrl), { requestInit: { headers } }));
    return made;
  };
  const call = async (name: string, asked: Record<string, unknown> = {}) => {
    const { content, isError } = (await client.callTool({ name, arguments: asked })) as { content: { text: string }[]; isError?: boolean };
    const text = content[0]?.text ?? '';
    return { isError: isError === true, text, json: () => JSON.parse(text) };
  };

  beforeAll(async () => {
    site = await createSite();
    await site.play('vehicle/misfire', { thing: 'car-1' });
    const { session } = await site.operator.post('/v1/sessions', { channel: 'panel', locale: 'en', thing: 'car-1' });
    ({ case: caseId } = await site.operator.post(`/v1/sessions/${session}/handoff`));
    await until('the case', async () => (await site.technician.raw(`/v1/cases/${caseId}`)).ok);
    client = await connect(site.hub().token);
  }, 120_000);
  afterAll(async () => {
    await client?.close();
    await site?.close();
  });

  it('has only tools that read', async () => {
    const { tools } = await client.listTools();
    expect(tools.map(({ name }) => name).sort()).toEqual([
      'list_cases',
      'list_faults',
      'list_things',
      'read_article',
      'read_case',
      'search_articles',
    ]);
    expect(tools.every(({ annotations }) => annotations?.readOnlyHint === true)).toBe(true);
  });

  it('reads cases, machines, faults and articles as the console does', async () => {
    expect((await call('list_cases')).json().cases[0].id).toBe(caseId);
    const read = (await call('read_case', { case: caseId })).json();
    expect(read.handoff.faults[0].fault).toBe('misfire-cylinder-1');
    expect(read.handoff.traces).toBeUndefined();
    expect((await call('list_things')).json().edges[0].things[0].id).toBe('car-1');
    expect((await call('list_faults', { family: 'vehicle' })).json().faults[0]).toMatchObject({
      thing: 'car-1',
      fault: 'misfire-cylinder-1',
    });
    expect((await call('list_faults', { family: 'boiler' })).json().faults).toEqual([]);
    const [found] = (await call('search_articles', { words: 'misfire', locale: 'en' })).json().articles;
    expect((await call('read_article', { article: found.id, locale: 'en' })).json().body).toContain('##');
  });

  it('says what it cannot find or read', async () => {
    expect(await call('read_case', { case: 'c_none' })).toMatchObject({ isError: true, text: 'There is no case c_none.' });
    expect((await call('read_article', { article: 'x'.repeat(500), locale: 'en' })).isError).toBe(true);
    expect((await call('drop_tables')).isError).toBe(true);
    const garbage = { method: 'POST', body: '{"jsonrpc":', headers: { accept: 'application/json, text/event-stream' } };
    expect((await site.technician.raw('/v1/mcp', garbage)).status).toBe(400);
  });

  it('lets nobody in without a token, and shows who belongs to one tenant nothing of another', async () => {
    await expect(connect('nobody')).rejects.toThrow();
    const account = { name: 'Eve', password: 'Eve has a password' };
    await site.technician.post('/v1/technicians', { ...account, tenant: 'elsewhere' });
    const answer = await fetch(new URL('/v1/auth/sign-in', site.hubUrl), {
      method: 'POST',
      headers: { 'content-type': 'application/json', origin: site.hubUrl },
      body: JSON.stringify(account),
    });
    const secret = /wayside_hub=([^;]+)/.exec(answer.headers.get('set-cookie') ?? '')?.[1] as string;
    const mine = client;
    client = await connect(decodeURIComponent(secret));
    expect((await call('list_cases')).json().cases).toEqual([]);
    expect((await call('list_things')).json().edges).toEqual([]);
    expect((await call('read_case', { case: caseId })).isError).toBe(true);
    await client.close();
    client = mine;
  });
});
