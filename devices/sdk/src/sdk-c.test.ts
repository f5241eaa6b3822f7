import { execFileSync, spawnSync } from 'node:child_process';
import { mkdtemp, readdir, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';

const sdk = resolve(import.meta.dirname, '../../sdk-c');
const runs = (program: string) => spawnSync(program, ['--version']).status === 0;

let folder: string;
let sources: string[];
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'sdk-c-'));
  sources = (await readdir(join(sdk, 'src'))).filter((file) => file.endsWith('.c')).map((file) => join(sdk, 'src', file));
});
afterEach(() => rm(folder, { recursive: true }));

describe('the C SDK', () => {
  it('asks for no heap: it calls nothing that allocates', async ({ skip }) => {
    if (!runs('cc') || !runs('nm')) skip('there is no C compiler with nm here');
    execFileSync('cc', ['-std=c99', '-Os', '-c', ...sources], { cwd: folder });
    const called = execFileSync('nm', ['-u', ...(await readdir(folder))], { cwd: folder, encoding: 'utf8' });
    expect(called).toMatch(/memmove/);
    expect(called.match(/\b\w*(alloc|free|strdup|asprintf)\w*/g)).toBeNull();
  });

  it('holds against a hundred thousand garbled commands on a line that breaks, under the compiler’s memory checks', { timeout: 120_000 }, ({
    skip,
  }) => {
    if (!runs('cc')) skip('there is no C compiler here');
    const program = join(folder, 'garble');
    const checks = ['-fsanitize=address,undefined', '-fno-sanitize-recover=all'];
    const compile = (...also: string[]) =>
      spawnSync(
        'cc',
        [
          '-std=c99',
          '-O1',
          '-g',
          '-Wall',
          '-Wextra',
          ...also,
          `-I${join(sdk, 'src')}`,
          join(sdk, 'test/garble.c'),
          ...sources,
          '-lm',
          '-o',
          program,
        ],
        { encoding: 'utf8' },
      );
    const { status, stderr } = compile(...checks);
    if (status !== 0 && /asan|ubsan/.test(stderr)) skip('the compiler here has no memory checks');
    expect(stderr).toBe('');
    const { status: ended, stdout, stderr: complaint } = spawnSync(program, ['100000'], { encoding: 'utf8' });
    expect(complaint).toBe('');
    expect(ended).toBe(0);
    expect(Number.parseInt(stdout, 10)).toBeGreaterThan(10_000);
  });

  it('is carried by esp-mqtt, as far as a computer can tell: connected, acknowledged, commanded, back after the line was lost', ({
    skip,
  }) => {
    if (!runs('cc')) skip('there is no C compiler here');
    const program = join(folder, 'esp');
    const places = ['src', 'port', 'test/esp-idf'].map((each) => `-I${join(sdk, each)}`);
    const port = [join(sdk, 'port/wayside_esp_mqtt.c'), join(sdk, 'test/esp_mqtt.c')];
    const made = spawnSync(
      'cc',
      ['-std=gnu17', '-O1', '-Wall', '-Wextra', '-Werror', ...places, ...port, ...sources, '-lm', '-o', program],
      {
        encoding: 'utf8',
      },
    );
    expect(made.stderr).toBe('');
    const told = execFileSync(program, { encoding: 'utf8' });
    const topic = 'wayside/v1/things/tank-1';
    expect(told).toContain(`connect mqtt://192.168.1.10:1883 as device-tank-1, will ${topic}/presence offline`);
    expect(told).toContain(`subscribe ${topic}/command at QoS 1`);
    for (const retained of ['description {', 'presence online'])
      expect(told).toMatch(new RegExp(`publish ${topic}/${retained}.* at QoS 1, retained`));
    expect(told.match(/"state":"done","detail":"standing still"/g)).toHaveLength(1);
    expect(told).toMatch(/reconnect\n(.*\n)*publish .*telemetry .*4/);
    expect(told).toMatch(/connected 1, buffered 0, dropped 0\n$/);
  });

  it('stamps readings in the order they were read, though its two clocks do not tick at the same moment', ({ skip }) => {
    if (!runs('cc')) skip('there is no C compiler here');
    const program = join(folder, 'stamps');
    execFileSync('cc', ['-std=c99', '-O1', `-I${join(sdk, 'src')}`, join(sdk, 'test/stamps.c'), ...sources, '-lm', '-o', program]);
    const stamps = execFileSync(program, { encoding: 'utf8' }).trim().split('\n').map(Number);
    expect(stamps).toHaveLength(100);
    expect(stamps).toEqual(stamps.toSorted((a, b) => a - b));
    expect(stamps.at(-1)! - stamps[0]!).toBeGreaterThanOrEqual(29);
  });
});
