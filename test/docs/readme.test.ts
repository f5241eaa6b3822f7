import { spawn } from 'node:child_process';
import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { freePort } from '../support/free-port.ts';
import { type Wayside, wayside } from '../support/processes.ts';

const root = resolve(import.meta.dirname, '../..');
const readme = await readFile(join(root, 'README.md'), 'utf8');
const { scripts } = JSON.parse(await readFile(join(root, 'package.json'), 'utf8')) as { scripts: Record<string, string> };

/** Every command line of the README's `sh` blocks, without its comment. */
const lines = [...readme.matchAll(/^```sh\n(.*?)^```/gms)].flatMap(([, block = '']) =>
  block
    .split('\n')
    .map((line) => line.replace(/\s+#.*$/, '').trim())
    .filter(Boolean),
);

/** How a line is tried here, where the README's own data folder is not ours to use: what is added, what is typed, what must be said. */
type Trial = { add?: string[]; type?: string; says: RegExp[] };
const prefix = 'npm run wayside -- ';
const trials: Record<string, (data: string) => Trial> = {
  talk: (data) => ({
    add: ['--data', data],
    type: 'hello\nwhat is the coolant temperature?\n/quit\n',
    says: [/How can I help\?/, /°C/, /\(.*sample /],
  }),
  'simulate --list': () => ({ says: [/^vehicle\/overheating$/m, /^home-hvac\/blocked-strainer$/m, /^industrial-pump\/cavitation$/m] }),
  'simulate overheating': (data) => ({ add: ['--data', data, '--speed', '200'], says: [/^car-2: .*200×/] }),
  'simulate --repair car-1': (data) => ({ add: ['--data', data], says: [/car-1 is mended/] }),
  doctor: (data) => ({
    add: ['--data', data],
    says: [/✓ Node 24/, /✓ Packs: .*vehicle/, /✓ Edge at .*up and healthy/, /✓ Hub at .*up and healthy/],
  }),
  'pack check devices/packs/vehicle': () => ({ says: [/vehicle/] }),
  'models list': () => ({ says: [/Apache-2\.0/] }),
  '--help': () => ({ says: [/wayside up/, /simulate/, /models/, /doctor/] }),
};
/** Tried by what runs them: `npm start` below; `npm test` is what runs this file, and would run itself without end. */
const others = ['npm start', 'npm test'];

type Ready = { edge: { url: string; token: string }; hub: { url: string }; panel: string; console: string; things: string[] };

describe('the commands of the README', () => {
  let folder: string;
  let site: Wayside<Ready>;
  const env = () => ({ XDG_CACHE_HOME: join(folder, 'cache') });

  /** Runs an npm script of ours as npm would, and waits for its end. */
  const run = (script: string, args: string[], typed = ''): Promise<{ code: number | null; said: string; errors: string }> =>
    new Promise((done, fail) => {
      const [program, ...fixed] = (scripts[script] as string).split(' ');
      if (program !== 'node') throw new Error(`The script “${script}” no longer runs node: ${scripts[script]}`);
      const child = spawn(process.execPath, [...fixed, ...args], { cwd: root, env: { ...process.env, ...env() } });
      let said = '';
      let errors = '';
      child.stdout.on('data', (data) => {
        said += data;
      });
      child.stderr.on('data', (data) => {
        errors += data;
      });
      child.once('error', fail);
      child.once('close', (code) => done({ code, said, errors }));
      child.stdin.end(typed);
    });

  beforeAll(async () => {
    folder = await mkdtemp(join(tmpdir(), 'wayside-readme-'));
    expect(scripts.start).toBe('node cli/dist/wayside.cjs up');
    const ports = await Promise.all([freePort(), freePort(), freePort()]);
    const [edge, hub, mqtt] = ports.map(String) as [string, string, string];
    site = await wayside<Ready>(
      ['up', '--data', join(folder, 'data'), '--edge-port', edge, '--hub-port', hub, '--mqtt-port', mqtt, '--generator', 'none'],
      env(),
    );
  });
  afterAll(async () => {
    await site?.kill();
    await rm(folder, { recursive: true, force: true });
  });

  it('are all known here, so that none can stop working unseen', () => {
    expect(lines.filter((line) => !others.includes(line)).toSorted()).toEqual(
      Object.keys(trials)
        .map((command) => prefix + command)
        .toSorted(),
    );
    expect(lines).toEqual(expect.arrayContaining(others));
    expect(scripts.test).toBeDefined();
  });

  it('npm start brings up hub, edge and three things, with links that open', async () => {
    for (const { url } of [site.ready.edge, site.ready.hub]) expect((await fetch(new URL('/healthz', url))).status).toBe(200);
    for (const link of [site.ready.panel, site.ready.console]) expect(await (await fetch(link)).text()).toMatch(/<div id="root">/);
    expect(site.ready.things).toHaveLength(3);
  });

  it.each(Object.keys(trials))(`${prefix}%s`, async (command) => {
    const { add = [], type, says } = trials[command]!(join(folder, 'data'));
    const { code, said, errors } = await run('wayside', [...command.split(' '), ...add], type);
    expect(errors).toBe('');
    for (const words of says) expect(said).toMatch(words);
    expect(code).toBe(0);
  });

  it.each([
    ['read-a-plant', 'devices add line-1 --tree spBv1.0', /line-1/],
    ['panel-on-your-page', 'link', /Panel/],
    ['the tutorial', 'devices add well-pump-1', /well-pump-1/],
  ])(`as %s has it: ${prefix}%s`, async (page, command, says) => {
    const file = page === 'the tutorial' ? 'docs/tutorial.md' : `docs/how-to/${page}.md`;
    expect(await readFile(join(root, file), 'utf8')).toContain(prefix + command);
    const { code, said } = await run('wayside', [...command.split(' '), '--data', join(folder, 'data')]);
    expect({ code, said }).toEqual({ code: 0, said: expect.stringMatching(says) });
  });

  it('Ctrl-C ends what npm start began, cleanly', async () => {
    await site.stop();
    expect(site.process.exitCode).toBe(0);
    await expect(fetch(new URL('/healthz', site.ready.edge.url))).rejects.toThrow();
  });
});
