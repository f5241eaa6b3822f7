import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import type { Generator } from '@wayside/models';
import { afterEach, describe, expect, it } from 'vitest';
import type { AssistClaim, AssistFacts, AssistReply, Translation } from '../api/types.ts';
import { fault, handoff, type Scenario, startScenario, thing, turn } from '../scenario.ts';
import { createOpenAiGenerator } from './port-openai.ts';
import { sectionsOf } from './sources.ts';

type Heard = { facts?: AssistFacts; claims: AssistClaim[]; reply?: AssistReply; events: string[] };

const open: { end: () => Promise<unknown> }[] = [];
afterEach(async () => {
  for (const one of open.splice(0).reverse()) await one.end();
});

/** A server of the chat completions API as the outer world has them: it streams what it is told to. */
async function startModel(write: (response: ServerResponse, asked: { auth: string | undefined; body: string }) => void): Promise<string> {
  const server: Server = createServer((request: IncomingMessage, response) => {
    let body = '';
    request.on('data', (part) => {
      body += part;
    });
    request.on('end', () => write(response, { auth: request.headers.authorization, body }));
  });
  await new Promise<void>((done) => server.listen(0, '127.0.0.1', done));
  open.push({
    end: () =>
      new Promise((done) => {
        server.closeAllConnections();
        server.close(done);
      }),
  });
  return `http://127.0.0.1:${(server.address() as AddressInfo).port}/v1`;
}

const delta = (content: string) => `data: ${JSON.stringify({ choices: [{ delta: { content } }] })}\n\n`;
/** The text in pieces that end anywhere, as a model's tokens do. */
const stream = (response: ServerResponse, text: string) => {
  response.writeHead(200, { 'content-type': 'text/event-stream' });
  for (let at = 0; at < text.length; at += 7) response.write(delta(text.slice(at, at + 7)));
  response.end('data: [DONE]\n\n');
};

async function desk(settings: Record<string, unknown> = { generator: 'none' }): Promise<Scenario> {
  const site = await startScenario(settings);
  open.push(site);
  await site.as('POST', '/v1/articles', {
    id: 'coil',
    locale: 'en',
    title: 'Misfire: the coil',
    body: '# Coil\n\nA flashing lamp means unburnt fuel reaches the **catalyst**. Ease off the throttle and stop within 5 minutes.\n\n## Repair\n\n- Swap the coil of cylinder 1 with its neighbour.',
    family: 'vehicle',
    faults: ['misfire'],
    tags: [],
    sources: [],
  });
  await site.as('POST', '/v1/articles/coil/en/publish');
  return site;
}

async function look(site: Scenario, id: string): Promise<Heard> {
  const response = await fetch(new URL(`/v1/cases/${id}/assist`, site.url), { headers: { authorization: `Bearer ${site.token}` } });
  const heard: Heard = { claims: [], events: [] };
  for (const message of (await response.text()).split('\n\n').filter(Boolean)) {
    const event = /^event: (.*)$/m.exec(message)?.[1] as string;
    const data = JSON.parse(/^data: (.*)$/m.exec(message)?.[1] as string);
    heard.events.push(event);
    if (event === 'facts') heard.facts = data;
    if (event === 'claim') heard.claims.push(data);
    if (event === 'reply') heard.reply = data;
  }
  return heard;
}

const asks = (text: string, more: object = {}) => ({
  transcript: [turn('t1', 'session-of-c', 'operator', text)],
  session: 'session-of-c',
  ...more,
});

describe('the assistant', () => {
  it('without a model drafts from the articles’ own sentences, each with its source', async () => {
    const site = await desk();
    const edge = await site.edge('e');
    await edge.tell('handoff', handoff('c', asks('The lamp is flashing, what do I do about the throttle?')));
    const { reply, claims, events } = await look(site, 'c');
    expect(events[0]).toBe('facts');
    expect(events.at(-1)).toBe('reply');
    expect(reply).toMatchObject({ by: 'articles', dropped: 0, citations: [{ kind: 'article', ref: 'coil' }] });
    expect(reply?.text).toMatch(/^Hello Ada\. .*Ease off the throttle and stop within 5 minutes\.$/);
    expect(claims.map(({ text }) => text).join(' ')).toBe(reply?.text.replace('Hello Ada. ', ''));
  });

  it('speaks the person’s language, and never in the words of another', async () => {
    const site = await desk();
    const edge = await site.edge('e');
    await edge.tell('handoff', handoff('c', asks('发动机为什么抖？', { locale: 'zh' })));
    const { reply } = await look(site, 'c');
    expect(reply?.text).toMatch(/^Ada，您好。/);
    expect(reply?.text).not.toContain('throttle');
  });

  it('says in an emergency nothing of what is still safe with a fault, and asks for the people first', async () => {
    const site = await desk();
    const edge = await site.edge('e');
    const rule = { id: 'emergency', because: { en: 'The person told of an emergency.', zh: '用户报告了紧急情况。' }, measures: {} };
    await edge.tell('handoff', handoff('c', asks('There is smoke, what do I do about the throttle?', { rule, urgency: 'urgent' })));
    const { facts, reply } = await look(site, 'c');
    expect(facts?.reminders.map(({ kind }) => kind)).not.toContain('safety');
    expect(facts?.missing).toEqual([]);
    expect(reply?.text).toMatch(/Is everybody out of danger/);
    expect(reply?.citations).toEqual([]);
  });

  it('asks for what is missing where nothing can be said, what the diagnosis would ask next first', async () => {
    const site = await desk();
    const edge = await site.edge('e');
    const both = (en: string) => ({ en, zh: `${en}（中文）？` });
    const brief = { said: [], open: [both('Does it shake at idle?')], next: both('Look at the coil.') };
    await edge.tell('handoff', handoff('c', asks('Hello?', { faults: [], dtcs: [], brief, thing: { ...thing(), model: undefined } })));
    const { facts, reply } = await look(site, 'c');
    expect(facts?.missing.map(({ ask }) => ask)).toEqual([
      'Does it shake at idle?',
      'Since when has this been so, and what was done just before?',
      'Which model is it? It stands on the type plate.',
      'Which software version does it show?',
    ]);
    expect(reply).toMatchObject({ by: 'question', text: 'Hello Ada. Does it shake at idle?' });
  });

  it('rests what to do next on the codes that stand where no fault is known', async () => {
    const site = await desk();
    const edge = await site.edge('e');
    const dtcs = [
      { thing: 'car-1', code: 'P0301', title: { en: 'Misfire', zh: '失火' }, state: 'pending' as const, at: 950 },
      { thing: 'car-1', code: 'P0420', state: 'cleared' as const, at: 950 },
    ];
    const brief = { said: [], open: [], next: { en: 'Look at its signals.', zh: '请查看信号。' } };
    await edge.tell('handoff', handoff('c', asks('Help', { faults: [], dtcs, brief })));
    const { facts } = await look(site, 'c');
    expect(facts?.next[0]?.because).toEqual([
      { kind: 'dtc', ref: 'P0301', text: 'P0301 Misfire', said: { en: 'P0301 Misfire', zh: 'P0301 失火' } },
    ]);
  });

  it('says what to do next with its evidence, what solved a case like it, and what must not be forgotten', async () => {
    const site = await desk();
    const edge = await site.edge('e');
    await edge.tell('handoff', handoff('c-before'));
    await site.as('POST', '/v1/cases/c-before/resolve', { text: 'New coil', cause: 'misfire', draft: false });
    const brief = { said: [], open: [], next: { en: 'Swap the coils.', zh: '对调点火线圈。' } };
    await edge.tell('handoff', handoff('c', asks('Help', { brief, urgency: 'urgent', faults: [{ ...fault(), safety: 'stop' }] })));
    const { facts } = await look(site, 'c');
    expect(facts?.next).toMatchObject([
      {
        text: brief.next,
        because: [{ text: 'The engine idles roughly (Speed 4 km/h)', said: { zh: expect.stringContaining('（车速 4 km/h）') } }],
      },
      { text: { en: 'This solved a case like it: New coil' }, because: [{ kind: 'person', ref: 'c-before' }] },
    ]);
    expect(facts?.reminders.map(({ kind }) => kind)).toEqual(['safety', 'policy', 'link']);
  });

  it('sends nothing by itself, and is for who may work on the case', async () => {
    const site = await desk();
    const edge = await site.edge('e');
    await edge.tell('handoff', handoff('c', asks('The lamp is flashing')));
    const before = (await edge.down(0, 256)).envelopes;
    await look(site, 'c');
    expect((await edge.down(0, 256)).envelopes).toEqual(before);
    expect((await site.as<{ state: string }>('GET', '/v1/cases/c')).body.state).toBe('open');
    expect((await fetch(new URL('/v1/cases/c/assist', site.url))).status).toBe(401);
    expect((await site.as('GET', '/v1/cases/none/assist')).status).toBe(404);
  });
});

describe('a model at an endpoint', () => {
  const written = (claims: { text: string; cite: string }[]) => claims.map((claim) => JSON.stringify(claim)).join('\n');
  const withModel = (url: string, more = {}) => desk({ assistUrl: url, assistModel: 'tiny', assistKey: 'secret', ...more });

  it('writes the draft; what rests on nothing, or says another number, is left out', async () => {
    let asked: { auth: string | undefined; body: string } | undefined;
    const url = await startModel((response, request) => {
      asked = request;
      const id = /\[(p\d+)\] A flashing lamp/.exec(JSON.parse(request.body).messages[1].content)?.[1] as string;
      stream(
        response,
        written([
          { text: 'Ease off the throttle and stop within 5 minutes.', cite: id },
          { text: 'Stop within 50 minutes.', cite: id },
          { text: 'Then call our hotline for a free car.', cite: id },
          { text: 'Swap the coil of cylinder 1.', cite: 'p99' },
        ]),
      );
    });
    const site = await withModel(url);
    const edge = await site.edge('e');
    await edge.tell('handoff', handoff('c', asks('The lamp is flashing')));
    const { reply, claims } = await look(site, 'c');
    expect(reply).toEqual({
      text: 'Hello Ada. Ease off the throttle and stop within 5 minutes.',
      citations: [{ kind: 'article', ref: 'coil', text: 'Misfire: the coil' }],
      by: 'model',
      dropped: 3,
    });
    expect(claims).toHaveLength(1);
    expect(asked?.auth).toBe('Bearer secret');
    expect(JSON.parse(asked?.body as string)).toMatchObject({ model: 'tiny', stream: true });
    expect(asked?.body, 'names of people stay here').not.toContain('Ada');
  });

  it.each<[string, (response: ServerResponse) => void]>([
    ['fails', (response) => response.writeHead(500).end('{}')],
    ['talks nonsense', (response) => stream(response, 'Sure! Here is my answer: buy a new car.\n{"text": 5}\n{"text": "x"')],
    ['breaks off', (response) => response.writeHead(200).end(`data: {"choices": [`)],
    ['never ends', (response) => void response.writeHead(200).write(delta('x'.repeat(70_000)))],
    ['is not there', (response) => void response.destroy()],
  ])('that %s gives way to the articles', async (_, write) => {
    const site = await withModel(await startModel(write));
    const edge = await site.edge('e');
    await edge.tell('handoff', handoff('c', asks('The lamp is flashing, what about the throttle?')));
    expect((await look(site, 'c')).reply).toMatchObject({ by: 'articles', citations: [{ ref: 'coil' }] });
  });

  it('that is slow is cut off at the deadline, and what was whole by then counts', async () => {
    const url = await startModel((response) => void response.writeHead(200).write(delta('{"text": "One.", "cite": "p1"}\n{"text": "Tw')));
    const generator = createOpenAiGenerator({ url, model: 'slow', now: Date.now });
    const request = { utterance: 'x', locale: 'en' as const, offered: { passages: [], questions: [], actions: [] } };
    expect(await generator.generate({ ...request, deadlineMs: 300 })).toMatchObject({ draft: { claims: [{ text: 'One.', cite: 'p1' }] } });
    const silent = await startModel(() => {});
    const mute: Generator = createOpenAiGenerator({ url: silent, model: 'mute', now: Date.now });
    expect(await mute.generate({ ...request, deadlineMs: 100 })).toEqual({ kind: 'unavailable', reason: 'deadline' });
    expect(await mute.generate({ ...request, deadlineMs: 5_000, signal: AbortSignal.timeout(50) })).toEqual({
      kind: 'unavailable',
      reason: 'aborted',
    });
  });
});

describe('a text in the other language', () => {
  const translated = (site: Scenario, body: object) => site.as<Translation>('POST', '/v1/cases/c/translations', body);
  const caseIn = async (settings?: Record<string, unknown>) => {
    const site = await desk(settings);
    await (await site.edge('e')).tell('handoff', handoff('c', asks('发动机抖动，P0301。', { locale: 'zh' })));
    return site;
  };

  it('is written by the model, marked with its name, and given only when it holds against the original', async () => {
    const said: Record<string, string> = {
      '发动机抖动，P0301。': 'The engine shakes, P0301.',
      'Ada，开 5 分钟。': 'Ada, drive for 50 minutes.',
      'Drive for 5 minutes, Ada.': 'Ada，请开 5 分钟。',
    };
    const asked: string[] = [];
    const url = await startModel((response, { body }) => {
      const { content } = JSON.parse(body).messages.at(-1);
      asked.push(content);
      stream(response, `Here it is: ${JSON.stringify({ text: said[content] })}`);
    });
    const site = await caseIn({ assistUrl: url, assistModel: 'tiny' });
    const to = async (text: string, language: string) => (await translated(site, { text, to: language })).body;
    expect(await to('发动机抖动，P0301。', 'en')).toEqual({ state: 'done', text: 'The engine shakes, P0301.', by: 'tiny' });
    expect(await to('Drive for 5 minutes, Ada.', 'zh')).toEqual({ state: 'done', text: 'Ada，请开 5 分钟。', by: 'tiny' });
    expect(await to('Ada，开 5 分钟。', 'en')).toEqual({
      state: 'not-shown',
      losses: [
        { what: 'number', detail: '5 min' },
        { what: 'number', detail: '50 min' },
      ],
    });
    expect(await to('没有这句。', 'en')).toEqual({ state: 'failed' });
    expect(await to('Already so.', 'en')).toEqual({ state: 'same' });
    expect(asked).toHaveLength(4);
    for (const body of [{}, { text: '', to: 'en' }, { text: 'x', to: 'fr' }, { text: 'x'.repeat(4_001), to: 'zh' }, []])
      expect((await translated(site, body)).status).toBe(400);
  });

  it('needs a model that knows both languages, and says so', async () => {
    const site = await caseIn();
    expect((await translated(site, { text: '停车。', to: 'en' })).body).toEqual({ state: 'no-model' });
  });
});

it('reads an article as sentences, without its Markdown', () => {
  expect(sectionsOf('# T\n\nSee [the *page*](http://x) `P0301`.\n\n## Two\n\n1. One\n2. Two ![p](x.png)')).toEqual([
    'See the page P0301.',
    'One Two',
  ]);
});
