import { spawnSync } from 'node:child_process';
import { existsSync } from 'node:fs';
import { mkdir, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { dirname, join, resolve } from 'node:path';
import { checkPack, checkPackTests } from '@wayside/packs';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { deviceFiles } from './device-files.ts';
import { readMeasures } from './measures.ts';
import { languages, makePlan } from './plan.ts';

let folder: string;
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'create-'));
});
afterEach(() => rm(folder, { recursive: true }));

const create = (...args: string[]) =>
  spawnSync(process.execPath, ['--disable-warning=ExperimentalWarning', resolve(import.meta.dirname, 'create.ts'), ...args], {
    cwd: folder,
    encoding: 'utf8',
  });

describe('what is measured', () => {
  it('is read as people write it', () => {
    expect(
      readMeasures('Supply temperature °C -10..60, flow l/min 0..40.5,  load %, humidity, door open yes/no, mode off|heat|cool'),
    ).toEqual([
      { name: 'supply_temperature', title: 'Supply temperature', type: 'number', unit: '°C', min: -10, max: 60 },
      { name: 'flow', title: 'Flow', type: 'number', unit: 'l/min', min: 0, max: 40.5 },
      { name: 'load', title: 'Load', type: 'number', unit: '%', min: 0, max: 100 },
      { name: 'humidity', title: 'Humidity', type: 'number', min: 0, max: 100 },
      { name: 'door_open', title: 'Door open', type: 'boolean' },
      { name: 'mode', title: 'Mode', type: 'string', states: ['off', 'heat', 'cool'] },
    ]);
  });

  it('takes open/closed for two states, and not for a unit', () => {
    expect(readMeasures('door open/closed, flow l/min, torque Nm/rad 0..5, pump on/off')).toMatchObject([
      { name: 'door', type: 'string', states: ['open', 'closed'] },
      { name: 'flow', type: 'number', unit: 'l/min' },
      { name: 'torque', type: 'number', unit: 'Nm/rad' },
      { name: 'pump', type: 'boolean' },
    ]);
  });

  it.each([
    ['', /1 to 50 things/],
    ['temperature °C 60..10', /first number must be the smaller/],
    ['flow 0..1, flow 0..2', /“flow” is there twice/],
    ['温度 °C', /begins with a Latin letter/],
    ['<script>alert(1)</script>, 42', /needs a name/],
  ])('%j is refused with what would be right', (text, why) => {
    expect(() => readMeasures(text)).toThrow(why);
  });
});

describe('the pack that is written', () => {
  it.each([
    ['Well pump', 'motor current A 0..20, running yes/no'],
    ['Ofen "Nr. 2": heiß', 'temperature °C 0..1300, state off|hot'],
    ['水泵', 'flow l/min 0..5'],
    ["Bob's lock #1 {x} [y] (z)", 'locked yes/no'],
    ['x'.repeat(120), 'value, mode a|b'],
  ])('for %s passes its check as it is', async (title, measures) => {
    const plan = makePlan({ title, family: 'the-thing', measures, language: 'node' }, '^0.1.0');
    for (const [file, text] of Object.entries(deviceFiles(plan))) {
      await mkdir(dirname(join(folder, file)), { recursive: true });
      await writeFile(join(folder, file), text);
    }
    const { pack, problems } = await checkPack(join(folder, 'pack'));
    expect(problems).toEqual([]);
    expect(await checkPackTests(pack!)).toEqual([]);
  });
});

describe('npm create wayside-device', () => {
  it.each(languages)('writes a device for %s', async (language) => {
    const { status, stdout, stderr } = create(
      'pump',
      '--title',
      'Well pump',
      '--measures',
      'current A 0..20, on yes/no, valve open|closed',
      '--language',
      language,
    );
    expect([status, stderr]).toEqual([0, '']);
    expect(stdout).toMatch(/Well pump is in pump\. Next:/);
    expect(await readFile(join(folder, 'pump/README.md'), 'utf8')).toContain('wayside pack add pack');
    const main = { node: 'device.js', python: 'device.py', arduino: 'well_pump_1/well_pump_1.ino' }[language];
    expect(await readFile(join(folder, 'pump', main), 'utf8')).toMatch(/valve|machine/);
  });

  it('needs no answer: what is not said has a default', () => {
    expect(create('green-house').status).toBe(0);
    expect(existsSync(join(folder, 'green-house/device.js'))).toBe(true);
  });

  it('writes Python that compiles, with truths as Python writes them', async ({ skip }) => {
    if (spawnSync('python3', ['--version']).error) skip('there is no Python here');
    create('p', '--title', 'null: true, false', '--measures', 'a 0..1, b yes/no, c true|false', '--language', 'python');
    expect(
      spawnSync('python3', ['-m', 'py_compile', 'p/device.py', 'p/machine.py', 'p/test_device.py'], { cwd: folder, encoding: 'utf8' })
        .stderr,
    ).toBe('');
    expect(await readFile(join(folder, 'p/device.py'), 'utf8')).toContain('"title": "null: true, false"');
  });

  it('overwrites nothing, and says what it does not understand', () => {
    create('pump');
    expect(create('pump').stderr).toMatch(/there already and not empty/);
    expect(create('a', '--language', 'cobol').stderr).toBe('There is no “cobol”. There are: node, python, arduino.\n');
    expect(create('a', '--title', ' ').stderr).toMatch(/1 to 120 characters/);
    expect(create('a', '--colour', 'red').stderr).toMatch(/Unknown option '--colour'/);
    expect(existsSync(join(folder, 'a'))).toBe(false);
  });
});
