import { cp, mkdir, mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, it, vi } from 'vitest';
import { add, check, remove } from './pack.ts';

const files: Record<string, string> = {
  'pack.yaml': `family: kettle
version: 1.0.0
title: { en: Kettle, zh: 水壶 }
summary: { en: Boils water., zh: 烧水。 }
licence: Apache-2.0
`,
  'thing.yaml': `signals:
  power: { title: Power, type: number, unit: W }
`,
  'symptoms.yaml': `symptoms:
  slow: { title: { en: Slow, zh: 慢 }, detect: { kind: limit, signal: power, below: 900, for: 20s } }
`,
  'faults.yaml': `faults:
  scale:
    title: { en: Limescale, zh: 水垢 }
    explanation: { en: Lime on the element., zh: 加热管结垢。 }
    severity: advice
    safety: go-on
    safetyAdvice: { en: Go on., zh: 可以继续。 }
    prior: 0.1
    symptoms: { slow: 0.9 }
    source: common knowledge
`,
  'tests/scenarios/slow.yaml': `id: slow
title: { en: Slow, zh: 慢 }
family: kettle
thing: { id: kettle-1, title: Kettle }
seed: 1
duration: 3m
base: { signals: { power: { value: 2000, noise: 5 } } }
timeline: [{ at: 10s, do: ramp, signal: power, to: 700, over: 30s }]
expect: { fault: scale, within: 2m }
`,
};

let root: string;
let data: string;
let folder: string;
let said: string;

beforeEach(async () => {
  root = await mkdtemp(join(tmpdir(), 'pack-'));
  [data, folder, said] = [join(root, 'data'), join(root, 'kettle'), ''];
  for (const [file, text] of Object.entries(files)) {
    await mkdir(join(folder, file, '..'), { recursive: true });
    await writeFile(join(folder, file), text);
  }
  vi.spyOn(process.stdout, 'write').mockImplementation((text) => {
    said += String(text);
    return true;
  });
});
afterEach(async () => {
  vi.restoreAllMocks();
  process.exitCode = undefined;
  await rm(root, { recursive: true });
});

const change = async (file: string, from: string, to: string) =>
  writeFile(join(folder, file), (await readFile(join(folder, file), 'utf8')).replace(from, to));
const installed = async () => (await readdir(join(data, 'packs')).catch(() => [])).map((name) => name.slice(0, 12));

it('installs a pack that does what its scenarios say, and checks the same one only once', async () => {
  await add(folder, { data });
  expect(said).toMatch(/kettle 1\.0\.0 is installed\. Restart the edge/);
  expect(await installed()).toEqual(['kettle-1.0.0']);
  await add(folder, { data });
  expect(said).toMatch(/is installed already, and unchanged/);
});

it('installs no pack whose own scenario fails, and keeps the one that was there', async () => {
  await add(folder, { data });
  await change('pack.yaml', '1.0.0', '2.0.0');
  await change('symptoms.yaml', 'below: 900', 'below: 300');
  await expect(add(folder, { data })).rejects.toThrow(
    /slow\.yaml at expect: must find "scale" and finds nothing[\s\S]*what is installed goes on/,
  );
  expect(await installed()).toEqual(['kettle-1.0.0']);
});

it('holds a scenario to the time it gives', async () => {
  await change('tests/scenarios/slow.yaml', 'within: 2m', 'within: 20s');
  await check([folder]);
  expect(said).toMatch(/shows "scale" after \d+ s and must within 20s/);
  expect(process.exitCode).toBe(1);
});

it('says in words what a file lacks, and what may stand where something else does', async () => {
  await change('faults.yaml', 'severity: advice', 'severity: bad');
  await change('faults.yaml', 'prior:', 'priority:');
  const { message } = await add(folder, { data }).then(
    () => new Error('it was taken'),
    (error: Error) => error,
  );
  expect(message).toMatch(/severity \(line \d+\): must be one of info, advice, warning, danger/);
  expect(message).toMatch(/prior.*: is missing \(a number\)/);
  expect(await installed()).toEqual([]);
});

it('does not play a scenario without end', async () => {
  await change('tests/scenarios/slow.yaml', 'duration: 3m', 'duration: 9999d');
  await check([folder]);
  expect(said).toMatch(/at most 200000 are played/);
});

it('replaces a pack by its next version, and takes it out again', async () => {
  await add(folder, { data });
  await change('pack.yaml', '1.0.0', '1.1.0');
  await add(folder, { data });
  expect(said).toMatch(/kettle 1\.1\.0 is installed, in place of 1\.0\.0/);
  expect(await installed()).toEqual(['kettle-1.1.0']);
  await remove('kettle', { data });
  expect(await installed()).toEqual([]);
  await expect(remove('kettle', { data })).rejects.toThrow(/No pack "kettle" was installed here\. Installed: none/);
});

it('refuses what is no pack, and the one that all share', async () => {
  await expect(add(join(root, 'nowhere'), { data })).rejects.toThrow(/is not a folder/);
  const core = join(root, 'core');
  await cp(folder, core, { recursive: true });
  await writeFile(join(core, 'pack.yaml'), files['pack.yaml']!.replace('kettle', 'core'));
  for (const part of ['tests', 'faults.yaml']) await rm(join(core, part), { recursive: true });
  await expect(add(core, { data })).rejects.toThrow(/ships with Wayside/);
});
