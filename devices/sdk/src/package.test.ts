import { execFileSync, spawnSync } from 'node:child_process';
import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { join, resolve } from 'node:path';
import { expect, it } from 'vitest';
import { bundle } from '../size.ts';

const here = (path: string) => resolve(import.meta.dirname, '..', path);

it('runs in a browser: its core names no module of Node', async () => {
  const code = await bundle(['mqtt', /^zod/]);
  expect(code).not.toMatch(/from\s*["']node:|require\(["']/);
  expect([...code.matchAll(/from\s*["']([^"']+)["']/g)].map(([, name]) => name).toSorted()).toEqual(['mqtt', 'zod']);
});

it('is published as plain JavaScript with its types, which a strict project takes', async () => {
  // In a folder of its own: the tutorial's test makes `dist` at the same time.
  const dist = await mkdtemp(here('../../node_modules/.wayside/sdk-'));
  try {
    await takesIt(dist);
  } finally {
    await rm(dist, { recursive: true });
  }
});

async function takesIt(dist: string): Promise<void> {
  execFileSync(process.execPath, [here('build.ts'), dist], { cwd: here('.') });
  const published = JSON.parse(await readFile(join(dist, 'package.json'), 'utf8'));
  expect(published.dependencies).toEqual({ mqtt: expect.any(String), zod: expect.any(String) });
  const { createDevice } = (await import(join(dist, 'index.js'))) as typeof import('./index.ts');
  expect(() => createDevice({ url: 'nowhere', id: 'a', description: { title: 'A', family: 'a' } })).toThrow(/mqtt:\/\//);
  const program = `import { createDevice } from '@wayside/device-sdk';
const device = createDevice({ url: 'mqtt://a', id: 'a', description: { title: 'A', family: 'a', signals: { level: { title: 'L', type: 'number' } } } });
device.publish({ level: 1 });
// @ts-expect-error the description says number
device.publish({ level: 'high' });`;
  await writeFile(join(dist, 'try.ts'), program);
  // Inside the package its own name leads to what it exports, as for whoever installs it.
  const tsc = resolve(import.meta.dirname, '../../../node_modules/.bin/tsc');
  const flags = ['--ignoreConfig', '--noEmit', '--strict', '--module', 'nodenext', '--target', 'es2024', join(dist, 'try.ts')];
  const { status, stdout, stderr, error } = spawnSync(tsc, flags, { encoding: 'utf8' });
  expect({ said: stdout + stderr, status, error }).toEqual({ said: '', status: 0, error: undefined });
}

it('shows in its guide the example that the tests run', async () => {
  const guide = await readFile(here('README.md'), 'utf8');
  expect(guide).toContain(`\`\`\`ts\n${await readFile(here('examples/pump.ts'), 'utf8')}\`\`\``);
});
