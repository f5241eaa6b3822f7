import { type ChildProcess, execFile, spawn } from 'node:child_process';
import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { promisify } from 'node:util';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { program, type Wayside, wayside } from '../support/processes.ts';
import { client, until } from '../support/site.ts';

const run = promisify(execFile);
const root = resolve(import.meta.dirname, '../..');
const tutorial = await readFile(join(root, 'docs/tutorial.md'), 'utf8');
const measures = 'motor current A 0..20, running yes/no, valve open|closed';

/** The tutorial as a maker goes through it, with the packages as npm would install them: packed, without anything of this repository. */
describe('the tutorial', () => {
  const began = performance.now();
  let folder: string;
  let device: string;
  let edge: Wayside<{ url: string; token: string; mqtt: { url: string; username: string; password: string } }>;
  let running: ChildProcess;
  const cli = (...args: string[]) => run(process.execPath, ['--disable-warning=ExperimentalWarning', program, ...args]);
  const npm = (cwd: string, ...args: string[]) => run('npm', args, { cwd, env: { ...process.env, npm_config_update_notifier: 'false' } });

  beforeAll(async () => {
    folder = await mkdtemp(join(tmpdir(), 'wayside-tutorial-'));
    device = join(folder, 'well-pump');
  });
  afterAll(async () => {
    if (running?.pid) {
      const gone = new Promise((done) => running.once('close', done));
      // npm and what it began.
      process.kill(-running.pid, 'SIGINT');
      await gone;
    }
    await edge?.stop();
    await rm(folder, { recursive: true, force: true });
  });

  it('says what is done here', () => {
    for (const line of [
      'npm run build -w devices/sdk -w devices/create',
      `node devices/create/dist/create.js ../well-pump --title "Well pump" --measures "${measures}"`,
      'npm install',
      'npm test',
      'npm run wayside -- pack add ../well-pump/pack',
      'npm run wayside -- devices add well-pump-1',
      'FAULT=1 MQTT_PASSWORD=... npm start',
      'npm run wayside -- talk --thing well-pump-1',
    ])
      expect(tutorial).toContain(line);
  });

  it('makes a device from the packed packages', { timeout: 120_000 }, async () => {
    await npm(root, 'run', 'build', '-w', 'devices/sdk', '-w', 'devices/create');
    const pack = async (path: string) => JSON.parse((await npm(folder, 'pack', '--json', join(root, path))).stdout)[0].filename as string;
    const [sdk, create] = [await pack('devices/sdk/dist'), await pack('devices/create')];
    const made = ['exec', '--yes', `--package=${join(folder, create)}`, '--', 'create-wayside-device', device];
    const { stdout } = await npm(folder, ...made, '--title', 'Well pump', '--measures', measures, '--sdk', `file:${join(folder, sdk)}`);
    expect(stdout).toContain('Well pump is in');
  });

  it('whose tests pass before there is an edge', { timeout: 120_000 }, async () => {
    await npm(device, 'install', '--no-audit', '--no-fund', '--prefer-offline');
    const { stdout } = await npm(device, 'test');
    expect(stdout).toMatch(/pass 4/);
  });

  it('whose pack the edge takes', async () => {
    const { stdout } = await cli('pack', 'add', join(device, 'pack'), '--data', join(folder, 'data'));
    expect(stdout).toMatch(/well-pump 0\.1\.0 is installed/);
  });

  it('and whose fault the agent explains, citing signal, fault and article, in both languages', { timeout: 90_000 }, async () => {
    edge = await wayside([
      'edge',
      '--data',
      join(folder, 'data'),
      '--port',
      '0',
      '--mqtt-port',
      '0',
      '--generator',
      'none',
      '--log-level',
      'warn',
    ]);
    const { url, token, mqtt } = edge.ready;
    const operator = client(
      () => url,
      () => token,
    );
    const { password } = await operator.post('/v1/devices', { device: 'well-pump-1' });
    const env = { ...process.env, FAULT: '1', MQTT_URL: mqtt.url, MQTT_PASSWORD: password };
    running = spawn('npm', ['start'], { cwd: device, env, stdio: 'ignore', detached: true });
    await until(
      'the fault',
      async () => (await operator.get('/v1/faults')).faults.find((one: { fault: string }) => one.fault === 'motor-current-high'),
      60_000,
    );
    const open = async (locale: string) => (await operator.post('/v1/sessions', { channel: 'api', locale, thing: 'well-pump-1' })).session;
    const session = await open('en');
    const say = async (to: string, text: string) => (await operator.post(`/v1/sessions/${to}/turns`, { text })).answer;
    const why = await say(session, 'What is wrong with the well pump?');
    expect(why.text).toMatch(/Motor current is too high/);
    expect(why.text).toMatch(/gently/i);
    expect(why.citations.map(({ kind }: { kind: string }) => kind)).toEqual(expect.arrayContaining(['fault', 'article', 'sample']));
    expect((await say(session, 'what is the motor current')).text).toMatch(/19\.4/);
    expect((await say(await open('zh'), 'Well pump怎么了')).text).toMatch(/motor current过高|Motor current过高/);
  });

  it('within five minutes in all', () => {
    expect(performance.now() - began).toBeLessThan(300_000);
  });
});
