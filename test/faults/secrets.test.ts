import { type ChildProcess, spawn } from 'node:child_process';
import { existsSync } from 'node:fs';
import { mkdir, mkdtemp, readdir, readFile, rm, stat, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { connectAsync } from 'mqtt';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { freePort } from '../support/free-port.ts';
import { program } from '../support/processes.ts';
import { client, until } from '../support/site.ts';

type Run<Ready> = { process: ChildProcess; ready: Ready; said: string[] };
type HubReady = { url: string; token: string; enrolmentCode: string };
type EdgeReady = { url: string; token: string; mqtt: { url: string; username: string; password: string } };

/** A command as a real process that says all it can; what it says is kept, but for the line with which it hands its secrets to a script. */
async function run<Ready>(args: string[], env: Record<string, string> = {}): Promise<Run<Ready>> {
  const child = spawn(process.execPath, [program, ...args, '--json', '--log-level', 'trace'], { env: { ...process.env, ...env } });
  const said: string[] = [];
  let first = '';
  child.stdout.setEncoding('utf8').on('data', (text: string) => {
    if (first.includes('\n')) return void said.push(text);
    first += text;
    if (first.includes('\n')) said.push(first.slice(first.indexOf('\n') + 1));
  });
  child.stderr.setEncoding('utf8').on('data', (text: string) => said.push(text));
  await until(`wayside ${args[0]} to be ready`, () => first.includes('\n') || child.exitCode !== null, 60_000);
  return { process: child, ready: JSON.parse(first.slice(0, first.indexOf('\n'))), said };
}

/** Whatever is long and random in files that only their user may read; certificates and names are no secrets. */
async function secretsIn(folder: string): Promise<string[]> {
  const found: string[] = [];
  for (const name of await readdir(folder, { recursive: true })) {
    const info = await stat(join(folder, name));
    if (!info.isFile() || (info.mode & 0o077) !== 0 || info.size > 100_000 || /\.db/.test(name)) continue;
    const text = (await readFile(join(folder, name), 'utf8')).replace(/-----BEGIN CERTIFICATE-----[^-]*-----END CERTIFICATE-----/g, '');
    for (const [one] of text.matchAll(/[\w+/=-]{24,}/g)) if (!/^(edge|ep)[_-]/.test(one) && !one.includes('-----')) found.push(one);
  }
  return found;
}

/** Loaded into the processes, so that they can be made to crash: by a heap that is full, which ends Node by an abort. */
const crash = `process.on('SIGWINCH', () => { for (const all = []; ; ) all.push(new Array(4e6).fill(0.5)); });`;

const reports = (folder: string) => join(folder, 'reports');

const childrenOf = async (pid: number): Promise<string[]> =>
  (await readFile(`/proc/${pid}/task/${pid}/children`, 'utf8').catch(() => '')).split(' ').filter(Boolean);

describe('the secrets of edge and hub', () => {
  let folder: string;
  let hub: Run<HubReady>;
  let edge: Run<EdgeReady>;
  let code: string;
  /** Secrets that come by the environment. */
  const marks = { WAYSIDE_HUB_METRICS_TOKEN: 'mark-of-the-metrics-token', WAYSIDE_HUB_ASSIST_KEY: 'mark-of-the-assist-key' };
  const edgeMarks = { WAYSIDE_BROKER_PASSWORD: 'mark-of-the-broker-password', WAYSIDE_VISS_TOKEN: 'mark-of-the-viss-token' };
  beforeAll(async () => {
    folder = await mkdtemp(join(tmpdir(), 'wayside-secrets-'));
    const port = async () => String(await freePort());
    await mkdir(reports(folder));
    const preload = join(folder, 'crash.cjs');
    await writeFile(preload, crash);
    const options = [`--require=${preload}`, '--max-old-space-size=300', '--report-on-signal', '--report-on-fatalerror'];
    const reporting = { NODE_OPTIONS: [...options, `--report-directory=${reports(folder)}`].join(' ') };
    hub = await run<HubReady>(['hub', '--data', join(folder, 'hub'), '--port', await port()], { ...reporting, ...marks });
    ({ enrolmentCode: code } = hub.ready);
    const places = ['--port', await port(), '--mqtt-port', await port(), '--hub-url', hub.ready.url, '--generator', 'none'];
    edge = await run<EdgeReady>(['edge', '--data', join(folder, 'edge'), ...places], { ...reporting, ...edgeMarks, WAYSIDE_ENROL: code });
  }, 120_000);
  afterAll(async () => {
    for (const one of [edge, hub]) one?.process.kill('SIGKILL');
    await rm(folder, { recursive: true, force: true });
  });

  it('stand in no log, whoever comes in or does not, and in no command line', { timeout: 120_000 }, async () => {
    const { url, token, mqtt } = edge.ready;
    const operator = client(
      () => url,
      () => token,
    );
    const { session } = await operator.post('/v1/sessions', { channel: 'panel', locale: 'en' });
    await operator.post(`/v1/sessions/${session}/handoff`);
    await until('the hub hears of the edge', async () => (await operator.get('/v1/status')).hub.state === 'connected', 30_000);
    // Right secrets at wrong doors, and nearly right ones at the right doors: what goes wrong is what is logged.
    for (const wrong of [`${token}x`, hub.ready.token, mqtt.password]) {
      await fetch(`${url}/v1/status`, { headers: { authorization: `Bearer ${wrong}` } });
      await fetch(`${hub.ready.url}/v1/cases?token=${wrong}`, { headers: { authorization: `Bearer ${token}` } });
      await fetch(`${url}/v1/sessions`, { method: 'POST', body: `{"token":"${wrong}"`, headers: { authorization: `Bearer ${token}` } });
      await connectAsync(mqtt.url, { username: mqtt.username, password: wrong, reconnectPeriod: 0 }).then(
        (client) => client.endAsync(),
        () => {},
      );
    }
    const secrets = [...(await secretsIn(folder)), code, token, mqtt.password];
    expect(secrets.length).toBeGreaterThan(6);
    const logs = [...hub.said, ...edge.said].join('');
    expect(logs).toContain('the hub is there');
    const lines = existsSync('/proc/self/cmdline')
      ? await Promise.all([hub, edge].map(({ process: { pid } }) => readFile(`/proc/${pid}/cmdline`, 'utf8')))
      : [];
    for (const secret of secrets) {
      const shown = logs.indexOf(secret);
      expect(shown < 0 ? '' : logs.slice(Math.max(0, shown - 200), shown), 'a log').toBe('');
      expect(lines.some((line) => line.includes(secret))).toBe(false);
    }
  });

  it('stand in no report that Node writes of them, and in the environment of no process they begin', { timeout: 120_000 }, async () => {
    for (const { process: one } of [hub, edge]) one.kill('SIGUSR2');
    const written = await until('both reports', async () => {
      const names = await readdir(reports(folder));
      const texts = await Promise.all(names.map((name) => readFile(join(reports(folder), name), 'utf8')));
      return texts.length === 2 && texts.every((text) => text.trimEnd().endsWith('}')) && texts;
    });
    const secrets = [...(await secretsIn(folder)), ...Object.values(marks), ...Object.values(edgeMarks), code, edge.ready.token];
    for (const text of written) {
      expect(JSON.parse(text).header.event).toBe('SIGUSR2');
      expect(secrets.filter((secret) => text.includes(secret))).toEqual([]);
    }
    if (!existsSync('/proc/self/environ')) return;
    const begun = (await Promise.all([hub, edge].map(({ process: { pid } }) => childrenOf(pid as number)))).flat();
    for (const pid of begun) {
      const environment = await readFile(`/proc/${pid}/environ`, 'utf8').catch(() => '');
      expect(secrets.filter((secret) => environment.includes(secret))).toEqual([]);
    }
  });

  it('stand in nothing that is left of them when they crash', { timeout: 120_000 }, async () => {
    const before = await readdir(reports(folder));
    const secrets = [...(await secretsIn(folder)), ...Object.values(marks), ...Object.values(edgeMarks), code, edge.ready.token];
    const ends = [hub, edge].map(({ process: one }) => new Promise<string | null>((end) => one.once('exit', (_, signal) => end(signal))));
    for (const { process: one } of [hub, edge]) one.kill('SIGWINCH');
    expect(await Promise.all(ends)).toEqual(['SIGABRT', 'SIGABRT']);
    const written = (await readdir(reports(folder))).filter((name) => !before.includes(name));
    const texts = await Promise.all(written.map((name) => readFile(join(reports(folder), name), 'utf8')));
    expect(texts.map((text) => JSON.parse(text).header.trigger)).toEqual(['OOMError', 'OOMError']);
    for (const text of [...texts, ...hub.said, ...edge.said]) expect(secrets.filter((secret) => text.includes(secret))).toEqual([]);
  });
});
