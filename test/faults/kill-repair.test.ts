import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { CommandReport } from '@wayside/contract';
import { createDevice, type Device } from '@wayside/device-sdk';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { boilerPacks } from '../support/boiler.ts';
import { freePort } from '../support/free-port.ts';
import { type Wayside, wayside } from '../support/processes.ts';
import { client, until } from '../support/site.ts';

type EdgeReady = { url: string; token: string; mqtt: { url: string; username: string; password: string } };

/** An edge that is killed (SIGKILL) in the middle of a repair: between steps, while a command is under way, while its effect is watched. */
describe('killed in the middle of a repair', () => {
  let folder: string;
  let packs: string;
  let args: string[];
  let edge: Wayside<EdgeReady>;
  let boiler: Device;
  let flow = 1;
  let speaking: ReturnType<typeof setInterval>;
  /** Commands that reached the device, by id. */
  const reached: string[] = [];
  let answers: (() => void)[] = [];
  const operator = client(
    () => edge.ready.url,
    () => edge.ready.token,
  );

  beforeAll(async () => {
    folder = await mkdtemp(join(tmpdir(), 'wayside-kill-repair-'));
    packs = await boilerPacks();
    const [port, mqttPort] = [await freePort(), await freePort()];
    args = ['edge', '--data', join(folder, 'edge'), '--port', String(port), '--mqtt-port', String(mqttPort), '--packs', packs];
    args.push('--generator', 'none', '--log-level', 'error');
    edge = await wayside<EdgeReady>(args);
    boiler = createDevice({
      ...edge.ready.mqtt,
      id: 'boiler-1',
      description: { title: 'Boiler', family: 'boiler' },
      commands: {
        flush: async () => {
          reached.push('flush');
          await new Promise<void>((resolve) => answers.push(resolve));
        },
      },
    });
    await boiler.start();
    speaking = setInterval(() => boiler.publish({ flow, burning: false, lit: false }), 200);
    await until('the fault', async () => (await operator.get('/v1/faults')).faults.length === 1, 20_000);
  }, 90_000);
  afterAll(async () => {
    clearInterval(speaking);
    for (const answer of answers) answer();
    await boiler?.stop();
    await edge?.stop();
    for (const one of [folder, packs]) await rm(one, { recursive: true, force: true });
  });

  const restarted = async () => {
    await edge.kill();
    edge = await wayside<EdgeReady>(args);
  };
  const killed = async () => {
    await restarted();
    await until('the boiler back', async () => (await operator.get('/v1/things/boiler-1')).presence === 'online', 40_000);
  };
  const open = async () => (await operator.post('/v1/sessions', { channel: 'panel', locale: 'en', thing: 'boiler-1' })).session;
  const say = async (session: string, text: string) => (await operator.post(`/v1/sessions/${session}/turns`, { text })).answer;
  const repairs = () => operator.get('/v1/things/boiler-1/repairs');

  it('goes on at the step where somebody was, sends no command a second time, and comes to its verdict', { timeout: 180_000 }, async () => {
    let session = await open();
    await say(session, 'how do I fix it');
    await say(session, 'done');
    await killed();
    expect((await repairs()).progress).toMatchObject({ number: 2, of: 4 });

    session = await open();
    expect((await say(session, 'yes')).step).toMatchObject({ step: 'flush' });
    const { command } = await say(session, 'do it');
    await killed();
    // The consent that was asked for before the kill is gone with it.
    const late = await operator.raw(`/v1/sessions/${session}/commands/${command.command}/consent`, { method: 'POST' });
    expect(late.status).toBe(409);
    expect(reached).toEqual([]);

    await say(session, 'continue the repair');
    await say(session, 'do it');
    await say(session, 'yes');
    await until('the command at the device', () => reached.length === 1);
    await restarted();
    // Looked at before the boiler is back: if that takes it longer than its command may last, it says itself that it failed.
    const { commands } = await operator.get<{ commands: CommandReport[] }>(`/v1/sessions/${session}`);
    expect(commands.at(-1)?.state).toBe('no-answer');
    for (const answer of answers.splice(0)) answer();
    answers = [];
    await new Promise((resolve) => setTimeout(resolve, 1_000));
    expect(reached).toHaveLength(1);

    expect((await say(session, 'skip')).step).toMatchObject({ step: 'brush' });
    flow = 20;
    await say(session, 'done');
    await say(session, 'done');
    await killed();
    const { repairs: all } = await until(
      'the verdict',
      async () => {
        const view = await repairs();
        return view.repairs[0]?.state === 'fixed' && view;
      },
      30_000,
    );
    expect(all).toHaveLength(1);
    const { turns } = await operator.get<{ turns: { text: string }[] }>(`/v1/sessions/${session}`);
    expect(turns.filter(({ text }) => /^It worked\./.test(text))).toHaveLength(1);
  });
});
