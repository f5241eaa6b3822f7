import { spawn } from 'node:child_process';
import { existsSync } from 'node:fs';
import { mkdir, mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { readConfig } from '@wayside/agent';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { settingsFile } from '../../cli/src/settings.ts';
import { localSite } from '../../cli/src/site.ts';
import { program, type Wayside, wayside } from '../support/processes.ts';
import { client, until } from '../support/site.ts';

let folder: string;
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'wayside-operator-'));
});
afterAll(() => rm(folder, { recursive: true, force: true }));

/** Runs a command to its end. One that does not end by itself within 20 s counts as one that hangs. */
function run(args: string[]): Promise<{ code: number | null; said: string }> {
  return new Promise((done) => {
    const child = spawn(process.execPath, ['--disable-warning=ExperimentalWarning', program, ...args], {
      cwd: folder,
      stdio: ['ignore', 'pipe', 'pipe'],
      timeout: 20_000,
      killSignal: 'SIGKILL',
    });
    let said = '';
    for (const stream of [child.stdout, child.stderr])
      stream.on('data', (data) => {
        said += data;
      });
    child.once('close', (code) => done({ code, said }));
  });
}

const alone = ['--port', '0', '--mqtt-port', '0', '--generator', 'none', '--log-level', 'error'];

describe('a start that cannot be', () => {
  it('says in one line what is wrong with the data folder', async () => {
    const file = join(folder, 'a-file');
    await writeFile(file, 'not a folder');
    const said = await Promise.all([run(['edge', '--data', file, ...alone]), run(['hub', '--data', file]), run(['up', '--data', file])]);
    for (const one of said)
      expect(one).toEqual({ code: 1, said: `wayside: The data folder ${file} is a file, or lies in one. Choose a folder with --data.\n` });
  });

  it.skipIf(!existsSync('/proc/self'))('does not hang where no folder can be made, nor where it may not write', async () => {
    const at = (data: string) =>
      Promise.all([run(['edge', '--data', data, ...alone]), run(['hub', '--data', data]), run(['up', '--data', data])]);
    const no = (data: string) => ({
      code: 1,
      said: `wayside: No data folder can be made at ${data}: the file system there takes no folders. Choose another place with --data.\n`,
    });
    expect(await at('/proc/wayside/data')).toEqual(Array(3).fill(no('/proc/wayside/data')));
    for (const { code, said } of [...(await at('/proc')), ...(await at('/sys/wayside'))]) {
      expect(code).toBe(1);
      expect(said).toMatch(/^wayside: (No data folder can be made at|The data folder) \/(proc|sys\/wayside)\b.+ with --data\.\n$/);
    }
  });

  it('names damaged secrets, and ends', async () => {
    const locked = join(folder, 'locked');
    await mkdir(locked);
    await writeFile(join(locked, 'secrets.json'), '{"token":');
    const { code, said } = await run(['edge', '--data', locked, ...alone]);
    expect(code).toBe(1);
    expect(said).toMatch(/^wayside: The secrets in \S+secrets\.json are damaged\. Put a copy back;[^\n]+\n$/);
    expect(await readFile(join(locked, 'secrets.json'), 'utf8')).toBe('{"token":');
  });
});

describe('conversations that are no database any more', () => {
  it('are set aside, whole, and the edge goes on', async () => {
    const lost = join(folder, 'lost');
    await mkdir(lost);
    const garbage = 'no database at all, and long enough to be read as one';
    await writeFile(join(lost, 'edge.db'), garbage);
    const edge = await wayside<{ url: string }>(['edge', '--data', lost, ...alone]);
    try {
      expect((await fetch(`${edge.ready.url}/healthz`)).ok).toBe(true);
      const aside = (await readdir(lost)).find((name) => name.startsWith('edge.db.damaged-') && !name.endsWith('-wal'));
      expect(await readFile(join(lost, aside!), 'utf8')).toBe(garbage);
    } finally {
      await edge.stop();
    }
  });
});

describe('settings and files beside it', () => {
  it('takes an empty flag for one not given, and names a value that does not fit', () => {
    expect(readConfig({ port: '' }, {}).port).toBe(8080);
    expect(() => readConfig({ port: 'abc' }, {})).toThrow('The setting port cannot be "abc": it takes a number.');
    expect(() => readConfig({}, {}, { prot: 1 })).toThrow('There is no setting prot. Known settings: data, host, port');
    expect(() => readConfig({ hubToken: 'wse_x' }, {})).toThrow('start the edge once with --enrol CODE');
    expect(() => readConfig({}, {}, { hubToken: 'wse_x' })).toThrow('start the edge once with --enrol CODE');
  });

  it('refuses a settings file of another shape rather than start with defaults', async () => {
    const file = join(folder, 'wayside.config.json');
    const read = async (text: string) => {
      await writeFile(file, text);
      return () => settingsFile('edge', file);
    };
    expect((await read('{"hub":{}}'))()).toEqual({});
    expect((await read('{"edge":{"port":1}}'))()).toEqual({ port: 1 });
    expect(await read('{bad')).toThrow('is not JSON');
    expect(await read('[]')).toThrow('is not an object');
    expect(await read('null')).toThrow('is not an object');
    expect(await read('{"egde":{}}')).toThrow('unknown part "egde"');
    expect(await read('{"edge":5}')).toThrow('"edge" in');
    expect(() => settingsFile('edge', folder)).toThrow('cannot be read (EISDIR)');
    await rm(file);
  });

  it('says that the file of the running site is damaged', async () => {
    for (const text of ['{bad', '{}', 'null', '{"edge":{"url":"http://127.0.0.1"}}']) {
      await writeFile(join(folder, 'site.json'), text);
      await expect(localSite(folder), text).rejects.toThrow('site.json is damaged. Start Wayside again');
    }
    expect(await localSite(join(folder, 'nowhere'))).toBeUndefined();
  });
});

describe('a telemetry history that will not open', () => {
  it('is set aside, whole, and the conversation goes on', async () => {
    const data = join(folder, 'damaged-history');
    await mkdir(data);
    const bytes = 'this was a history once, before the disk gave up';
    await writeFile(join(data, 'history.db'), bytes);
    const edge = await wayside<{ url: string; token: string }>(['edge', '--data', data, ...alone]);
    try {
      const person = client(
        () => edge.ready.url,
        () => edge.ready.token,
      );
      const { session } = await person.post('/v1/sessions', { channel: 'api', locale: 'en' });
      expect((await person.post(`/v1/sessions/${session}/turns`, { text: 'hello' })).answer.text).not.toBe('');
      expect(edge.stderr()).toContain('telemetry history could not be opened: it is set aside, and a new one begins');
      const aside = (await readdir(data)).filter((name) => name.startsWith('history.db.damaged-'));
      expect(aside).toHaveLength(1);
      expect(await readFile(join(data, aside[0] as string), 'utf8')).toBe(bytes);
    } finally {
      await edge.stop();
    }
  });
});

describe('a site brought up', () => {
  type Up = { edge: { url: string; token: string }; hub: { url: string; token: string } };
  const alive = (pid: number) => {
    try {
      return process.kill(pid, 0);
    } catch {
      return false;
    }
  };
  const childrenOf = async (pid: number) =>
    (await readFile(`/proc/${pid}/task/${pid}/children`, 'utf8')).trim().split(' ').filter(Boolean).map(Number);

  it.runIf(process.platform === 'linux')(
    'starts a killed part again where it was, refuses a second one, and leaves nobody behind when it is killed itself',
    async () => {
      const args = [
        'up',
        '--data',
        join(folder, 'up'),
        '--edge-port',
        '0',
        '--hub-port',
        '0',
        '--mqtt-port',
        '0',
        '--no-things',
        '--generator',
        'none',
      ];
      const site: Wayside<Up> = await wayside<Up>(args);
      const pid = site.process.pid as number;
      try {
        const before = await childrenOf(pid);
        const second = await run(args);
        expect(second.code).toBe(1);
        expect(second.said).toContain('Another process is using');
        for (const child of before) process.kill(child, 'SIGKILL');
        const after = await until('both parts again', async () => {
          const now = (await childrenOf(pid)).filter((child) => !before.includes(child));
          return now.length === 2 && now;
        });
        for (const { url, token } of [site.ready.edge, site.ready.hub]) {
          const path = url === site.ready.edge.url ? '/v1/status' : '/v1/cases';
          await until(
            `${url} with the token of before`,
            () =>
              client(
                () => url,
                () => token,
              ).get(path),
            20_000,
          );
        }
        await site.kill();
        await until('an end of both parts', () => after.every((child) => !alive(child)));
      } finally {
        await site.kill();
      }
    },
    60_000,
  );
});
