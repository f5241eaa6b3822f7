import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { connect } from 'node:net';
import { join } from 'node:path';
import { createWyomingMouth, recognizeByWyoming } from '@wayside/models';
import type { Run } from '@wayside/simulators';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { misfiringCar } from '../browser/live-thing.ts';
import { noVoice, realEars, realMouth } from '../support/real-voice.ts';
import { createSite, type Site } from '../support/site.ts';
import { run, wyomingPython } from '../support/wyoming/python.ts';

const found = await wyomingPython();
const python = 'python' in found ? found.python : '';
if ('missing' in found) console.warn(`SKIPPED, Wyoming: ${found.missing}`);
const script = (name: string) => join(import.meta.dirname, '../support/wyoming', name);

describe.skipIf('missing' in found)('with Home Assistant’s own package on the other side', () => {
  let site: Site;
  let car: Run;
  let server: ChildProcess;
  let elsewhere: string;

  beforeAll(async () => {
    site = await createSite({ hub: false, wyoming: true, ...(noVoice ? {} : { ears: realEars(), synthesizer: realMouth() }) });
    car = await misfiringCar(site);
    server = spawn(python, [script('server.py')], { stdio: ['ignore', 'pipe', 'inherit'] });
    const [port] = (await once(server.stdout!, 'data')) as [Buffer];
    elsewhere = `tcp://127.0.0.1:${String(port).trim()}`;
  }, 90_000);
  afterAll(async () => {
    server?.kill();
    await car?.stop();
    await site?.close();
  });

  it.skipIf(noVoice)(
    'an edge tells what it offers, speaks, writes down what it spoke, and answers in one conversation',
    { timeout: 120_000 },
    async () => {
      const { stdout } = await run(python, [script('client.py'), `tcp://127.0.0.1:${site.edge().wyomingPort}`], { timeout: 110_000 });
      const came = JSON.parse(stdout);
      expect(came).toMatchObject({ handle: ['wayside'], afterStrange: 'info' });
      expect(came.asr).toContain('en');
      expect(came.tts).toContain('en');
      expect(came.spoken).toBeGreaterThan(1);
      expect(came.heard).toMatch(/warning light/i);
      expect(came.handled.map(({ type }: any) => type)).toEqual(['handled', 'handled']);
      expect(came.handled[0].text).toMatch(/misfire/i);
      expect(came.handled[1].context).toEqual(came.handled[0].context);
      const { turns } = await site.operator.get(`/v1/sessions/${came.handled[0].context.conversation_id}`);
      expect(turns.filter(({ by }: any) => by === 'operator')).toHaveLength(2);
    },
  );

  it('an edge writes down by a server elsewhere, and speaks by one', async () => {
    const recognizer = recognizeByWyoming(elsewhere, 'zh');
    expect(await recognizer.transcribe(new Float32Array(12_345))).toEqual({ text: '12345 samples of zh', confidence: 1 });
    recognizer.favour({ phrases: ['小车', ...Array.from({ length: 500 }, (_, n) => `第${n}句`)], names: ['小车'] });
    expect((await recognizer.transcribe(new Float32Array(10))).text).toBe("10 samples of zh, ['小车'] and 200 more likely");
    const mouth = createWyomingMouth(elsewhere, ['en', 'zh']);
    const pieces = await Array.fromAsync(mouth.speak({ text: 'It is 98.6 degrees. Go gently!', locale: 'en' }));
    expect(pieces.map(({ text }) => text).join('')).toBe('It is 98.6 degrees. Go gently!');
    expect(pieces.length).toBeGreaterThan(1);
    // What is sent is how it is said: what stands on the screen has digits.
    expect(pieces.map(({ sound }) => sound.length / 220)).toEqual(
      ['It is ninety-eight point six degrees.', 'Go gently!'].map(({ length }) => length),
    );
    expect(pieces[0]?.rate).toBe(22_050);
    const stop = new AbortController();
    for await (const _ of mouth.speak({ text: 'One. Two. Three.', locale: 'en', signal: stop.signal })) stop.abort();
    expect(mouth.state()).toMatchObject({ state: 'ready' });
  });

  it('a server that is not there ends a speech early, and says so of a transcript', async () => {
    const mouth = createWyomingMouth('tcp://127.0.0.1:9', ['en']);
    expect(await Array.fromAsync(mouth.speak({ text: 'Hello.', locale: 'en' }))).toEqual([]);
    expect(mouth.state().why).toContain('127.0.0.1:9');
    await expect(recognizeByWyoming('tcp://127.0.0.1:9', 'en').transcribe(new Float32Array(100))).rejects.toMatchObject({
      code: 'unavailable',
    });
    await expect(recognizeByWyoming('http://127.0.0.1', 'en').transcribe(new Float32Array(100))).rejects.toMatchObject({ code: 'invalid' });
  });

  it.each([
    ['text', 'GET / HTTP/1.1\r\n\r\n'],
    ['a length that cannot be', '{"type":"x","payload_length":99999999999}\n'],
    ['a header without an end', 'x'.repeat(40_000)],
    ['a list', '[1]\n'],
  ])('%s at its door is told to be wrong, and disturbs nobody', async (_, garbage) => {
    const socket = connect(site.edge().wyomingPort!, '127.0.0.1');
    socket.write(garbage);
    let told = '';
    socket.on('data', (bytes) => {
      told += bytes;
    });
    await once(socket, 'close');
    expect(told).toContain('This is not the Wyoming protocol');
    expect((await site.operator.raw('/healthz')).status).toBe(200);
  });
});
