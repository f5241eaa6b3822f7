import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtemp, rm, stat, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Run } from '@wayside/simulators';
import { connectAsync } from 'mqtt';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import WebSocket from 'ws';
import { scriptedEars, scriptedMouth } from '../../edge/agent/src/voice/scripted.ts';
import { misfiringCar } from '../browser/live-thing.ts';
import { createSite, type Site, until } from '../support/site.ts';
import { openTalker, type Talker } from '../support/talker.ts';

describe('the door of a conversation by voice', () => {
  const ears = scriptedEars();
  const mouth = scriptedMouth(40);
  const talkers: Talker[] = [];
  let site: Site;
  let car: Run;

  const open = async (locale = 'en') =>
    (await site.operator.post('/v1/sessions', { channel: 'voice', locale, thing: 'car-1' })).session as string;
  const enter = async (session: string, headers: Record<string, string> = { authorization: `Bearer ${site.edge().token}` }) => {
    const talker = await openTalker(site.edge().url, session, headers);
    talkers.push(talker);
    await talker.came('ready');
    return talker;
  };
  const say = (text: string) => ears.heard({ kind: 'final', text, confidence: 0.87, fromMs: 0, toMs: 900, decodeMs: 40 });

  beforeAll(async () => {
    site = await createSite({ hub: false, ears, synthesizer: mouth });
    car = await misfiringCar(site);
  });
  afterAll(async () => {
    for (const talker of talkers) talker.close();
    await car?.stop();
    await site?.close();
  });

  it('answers aloud from the car’s own state, and every word is in the transcript, where typing goes on', async () => {
    const session = await open();
    const talker = await enter(session);
    talker.ask({ ask: 'listen', mode: 'open' });
    await talker.came('listening');
    say('Why did the warning light come on?');
    await talker.came('spoken');
    expect(talker.events.map(({ event }) => event)).toEqual(expect.arrayContaining(['heard', 'thinking', 'speaking', 'spoken']));
    expect(talker.sound().samples.length).toBeGreaterThan(0);
    const { turns } = await site.operator.get(`/v1/sessions/${session}`);
    expect(turns[0]).toMatchObject({ by: 'operator', text: 'Why did the warning light come on?', voice: { confidence: 0.87 } });
    expect(turns[1].text).toMatch(/misfire/i);
    const spoken = talker.events.filter(({ event }) => event === 'speaking').map(({ text }) => text);
    expect(spoken.join(' ').replace(/\s+/g, ' ')).toBe(turns[1].text.replace(/\s+/g, ' '));
    const typed = await site.operator.post(`/v1/sessions/${session}/turns`, { text: 'Can I drive on?' });
    expect(typed.answer.rung).toBe('diagnosis');
  });

  it('an interruption is known: the next turn holds the words that were never heard', async () => {
    const session = await open();
    const talker = await enter(session);
    talker.ask({ ask: 'listen', mode: 'open' });
    await talker.came('listening');
    say('Why did the warning light come on?');
    await talker.came('speaking');
    ears.heard({ kind: 'speech-started', atMs: 3_000 });
    const { unsaid } = await talker.came('interrupted');
    say('How do I fix it?');
    const turn = await until('the turn', async () =>
      (await site.operator.get(`/v1/sessions/${session}`)).turns.find((one: any) => one.text === 'How do I fix it?'),
    );
    expect(unsaid.length).toBeGreaterThan(0);
    expect(turn.voice.cut).toEqual({ turn: expect.stringMatching(/\.a$/), unsaid });
  });

  it('while the car drives, what was asked by voice is answered shorter than what was typed', async () => {
    const session = await open();
    const talker = await enter(session);
    talker.ask({ ask: 'listen', mode: 'open' });
    await talker.came('listening');
    say('Why did the warning light come on?');
    await talker.came('answered');
    const spoken = (await site.operator.get(`/v1/sessions/${session}`)).turns.at(-1).text;
    const typed = await site.operator.post(`/v1/sessions/${await open()}/turns`, { text: 'Why did the warning light come on?' });
    expect(spoken.length).toBeLessThan(typed.answer.text.length * 0.8);
    expect(spoken).toContain(typed.answer.text.split('. ')[0]);
  });

  it('a nod that the car’s camera sees answers the question that waits', async () => {
    const session = await open();
    const asked = await site.operator.post(`/v1/sessions/${session}/turns`, { text: 'Why did the warning light come on?' });
    expect(asked.answer.question).toBeDefined();
    const { mqttPort, mqtt } = site.edge();
    const camera = await connectAsync(`mqtt://127.0.0.1:${mqttPort}`, mqtt);
    await camera.publishAsync('wayside/v1/things/car-1/event', JSON.stringify({ kind: 'gesture', name: 'nod' }), { qos: 1 });
    await camera.endAsync();
    const { turns } = await until('the answer', async () => {
      const transcript = await site.operator.get(`/v1/sessions/${session}`);
      return transcript.turns.filter(({ by }: any) => by === 'operator').length >= 2 && transcript;
    });
    expect(turns.filter(({ by }: any) => by === 'operator').map(({ text }: any) => text)).toEqual([
      'Why did the warning light come on?',
      'yes',
    ]);
  });

  it('lets in whom every other route lets in, and nobody else', async () => {
    const session = await open();
    await expect(enter(session, {})).rejects.toThrow('refused: 401');
    await expect(enter(session, { authorization: 'Bearer wrong' })).rejects.toThrow('refused: 401');
    await expect(enter('s_unknown')).rejects.toThrow('refused: 404');
    const cookie = `wayside=${site.edge().token}`;
    await expect(enter(session, { cookie, origin: 'http://evil.example' })).rejects.toThrow('refused: 403');
    (await enter(session, { cookie, origin: site.edge().url })).close();
    expect((await site.operator.raw(`/v1/sessions/${session}/voice`)).status).toBe(426);
    const elsewhere = new WebSocket(new URL('/v1/things', site.edge().url.replace('http', 'ws')), {
      headers: { authorization: `Bearer ${site.edge().token}` },
    });
    await expect(new Promise((done, reject) => elsewhere.once('open', done).once('error', reject))).rejects.toThrow('404');
  });

  it('the gateway’s own microphone and loudspeaker carry it too, and what is missing is said', async () => {
    const folder = await mkdtemp(join(tmpdir(), 'wayside-mic-'));
    const [sound, played] = [join(folder, 'sound'), join(folder, 'played')];
    await writeFile(sound, Buffer.alloc(64_000, 1));
    const program = (name: string, script: string) => writeFile(join(folder, name), `#!/bin/sh\n${script}\n`, { mode: 0o755 });
    await program('arecord', `cat ${sound}; exec sleep 30`);
    await program('aplay', `exec cat >> ${played}`);
    const { url, token } = site.edge();
    const talk = (path: string) =>
      spawn(
        process.execPath,
        ['cli/dist/wayside.cjs', 'talk', '--mic', '--edge', url, '--token', token, '--thing', 'car-1', '--lang', 'en'],
        {
          env: { ...process.env, PATH: path },
        },
      );
    const before = ears.samples();
    const mic = talk(`${folder}:/bin:/usr/bin`);
    let shown = '';
    mic.stdout.on('data', (bytes) => {
      shown += bytes;
    });
    await until('the microphone', () => ears.samples() >= before + 32_000);
    say('Can I drive on?');
    await until('the loudspeaker', async () => (await stat(played).catch(() => undefined))?.size);
    await until('the words', () => shown.includes('> Can I drive on?') && /Only with care/.test(shown));
    mic.kill('SIGINT');
    await once(mic, 'exit');
    const none = talk('/nowhere');
    let told = '';
    none.stderr.on('data', (bytes) => {
      told += bytes;
    });
    expect(await once(none, 'exit')).toEqual([1, null]);
    expect(told).toContain('No program that plays sound is here. Install aplay or pw-play');
    await program('arecord', 'echo "arecord: main:852: audio open error: No such file or directory" >&2; exit 1');
    const broken = talk(`${folder}:/bin:/usr/bin`);
    broken.stderr.on('data', (bytes) => {
      told += bytes;
    });
    expect(await once(broken, 'exit')).toEqual([1, null]);
    expect(told).toContain('audio open error');
    await rm(folder, { recursive: true });
  });

  it('a conversation has one voice: the newest', async () => {
    const session = await open();
    const first = await enter(session);
    await enter(session);
    expect(await first.closed).toMatchObject({ code: 4001 });
    expect(first.events.at(-1)).toEqual({ event: 'failed', why: 'elsewhere' });
  });

  it('garbage and floods are said to be so, and the next utterance works', async () => {
    const talker = await enter(await open());
    for (const garbage of ['', '{', '[]', '{"ask":"listen"}', '{"ask":"shout"}', '\u0000']) talker.socket.send(garbage);
    talker.socket.send(Buffer.from([1, 2, 3]));
    await until('seven complaints', () => talker.events.filter(({ why }) => why === 'invalid').length === 7);
    talker.ask({ ask: 'listen', mode: 'open' });
    await talker.came('listening');
    const before = ears.samples();
    for (let n = 0; n < 60; n++) talker.socket.send(Buffer.alloc(32_000));
    await until('the flood to be told of', () => talker.events.find(({ why }) => why === 'flood'));
    expect(talker.events.filter(({ why }) => why === 'flood')).toHaveLength(1);
    expect((ears.samples() - before) / 16_000).toBeLessThan(8);
    say('Can I drive on?');
    await talker.came('spoken');
  });

  it('a frame that is too large, and a flood without end, close the socket', async () => {
    const large = await enter(await open());
    large.socket.send(Buffer.alloc(100_000));
    expect(await large.closed).toMatchObject({ code: 1009 });
    const endless = await enter(await open());
    for (let n = 0; n < 300; n++) endless.socket.send(Buffer.alloc(60_000));
    expect(await endless.closed).toMatchObject({ code: 1008 });
  });
});
