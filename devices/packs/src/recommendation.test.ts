import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { checkPack } from './load.ts';
import { checkPackTests } from './test-files.ts';

const files: Record<string, string> = {
  'pack.yaml': `family: kettle
version: 1.0.0
title: { en: Kettle, zh: 水壶 }
summary: { en: Boils water., zh: 烧水。 }
licence: Apache-2.0
`,
  'thing.yaml': `signals:
  power: { title: Power, type: number, unit: W }
  mode: { title: Mode, type: string, states: ['off', heating] }
actions:
  launch: { title: Launch, risk: R3 }
  rinse: { title: Rinse, risk: R1 }
`,
  'recommendations.yaml': `figures:
  boils: { title: { en: Boils, zh: 烧水 }, runs: { signal: mode, is: heating }, over: 30d }
recommendations:
  descale:
    title: { en: Descale it, zh: 除垢 }
    advice: { en: Boil vinegar., zh: 煮醋。 }
    because: { en: '{boils} boils.', zh: '烧了 {boils} 次。' }
    when: [{ figure: boils, atLeast: 100 }]
    do: { name: rinse }
    sources: [us]
`,
  'tests/recommendations.yaml': `tests:
  - { title: much, usage: [{ every: 1h, times: 400, course: [{ at: 0s, signals: { mode: heating } }, { at: 3m, signals: { mode: 'off' } }] }], expect: [descale] }
  - { title: little, usage: [{ course: [{ at: 0s, signals: { mode: heating } }] }], expect: [] }
`,
};

describe('the recommendations of a pack', () => {
  let dir: string;
  beforeEach(async () => {
    dir = await mkdtemp(join(tmpdir(), 'wayside-kettle-'));
    for (const [file, text] of Object.entries(files)) await put(file, text);
  });
  afterEach(() => rm(dir, { recursive: true, force: true }));
  const put = async (file: string, text: string) => {
    await mkdir(dirname(join(dir, file)), { recursive: true });
    await writeFile(join(dir, file), text);
  };
  const changed = async (file: string, from: string, to: string) => {
    const text = files[file] as string;
    if (!text.includes(from)) throw new Error(`${file} has no ${from}`);
    await put(file, text.replaceAll(from, to));
  };
  const problems = async () => {
    const { pack, problems: found } = await checkPack(dir);
    const all = pack ? [...found, ...(await checkPackTests(pack))] : found;
    return all.map(({ file, at, problem }) => `${file} ${at}: ${problem}`);
  };

  it('are read when all they name is there', async () => {
    expect(await problems()).toEqual([]);
  });

  it.each([
    ['signal: mode', 'signal: moods', /figures\.boils.*signal "moods"/],
    ['figure: boils', 'figure: bolis', /when\.0.*figure "bolis"/],
    ['{boils} boils.', '{bolis} boils.', /because\.en.*figure "bolis"/],
    ['{boils} boils.', 'Often boiled.', /gives no figure/],
    ['name: rinse', 'name: launch', /R3 and never carried out/],
    ['name: rinse', 'name: fly', /action "fly"/],
    ['    do: { name: rinse }\n', '', /says not how/],
    ['    sources: [us]\n', '', /sources/],
    ['atLeast: 100', 'atleast: 100', /atleast/],
    ['over: 30d', 'over: 30s', /by the day/],
    ['runs: { signal: mode, is: heating }', 'mean: mode', /needs a number/],
    ['  descale:', '  descale: &a\n    title: { en: Only this }\n  other:', /recommendations\.descale/],
  ])('with %j as %j are refused with the place and what to do', async (from, to, why) => {
    await changed('recommendations.yaml', from, to);
    expect((await problems()).join('\n')).toMatch(why);
  });

  it('must each be shown once to come, and once not', async () => {
    await changed('tests/recommendations.yaml', 'expect: [descale]', 'expect: []');
    expect((await problems()).join('\n')).toMatch(/descale.*is in no test/);
    await put('tests/recommendations.yaml', `${files['tests/recommendations.yaml']?.split('\n').slice(0, 2).join('\n')}\n`);
    expect((await problems()).join('\n')).toMatch(/no use that brings no recommendation/);
    await changed('tests/recommendations.yaml', 'expect: [descale]', 'expect: [descale, dream]');
    expect((await problems()).join('\n')).toMatch(/names "dream"/);
  });
});
