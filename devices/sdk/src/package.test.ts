import { execFileSync } from 'node:child_process';
import { readFile, rm, writeFile } from 'node:fs/promises';
import { resolve } from 'node:path';
import { expect, it } from 'vitest';
import { bundle } from '../size.ts';

const here = (path: string) => resolve(import.meta.dirname, '..', path);

it('runs in a browser: its core names no module of Node', async () => {
  const code = await bundle(['mqtt', /^zod/]);
  expect(code).not.toMatch(/from\s*["']node:|require\(["']/);
  expect([...code.matchAll(/from\s*["']([^"']+)["']/g)].map(([, name]) => name).toSorted()).toEqual(['mqtt', 'zod']);
}, 60_000);

it('is published as plain JavaScript with its types, which a strict project takes', async () => {
  execFileSync(process.execPath, [here('build.ts')], { cwd: here('.') });
  const published = JSON.parse(await readFile(here('dist/package.json'), 'utf8'));
  expect(published.dependencies).toEqual({ mqtt: expect.any(String), zod: expect.any(String) });
  const { createDevice } = (await import(here('dist/index.js'))) as typeof import('./index.ts');
  expect(() => createDevice({ url: 'nowhere', id: 'a', description: { title: 'A', family: 'a' } })).toThrow(/mqtt:\/\//);
  const program = `import { createDevice } from '@wayside/device-sdk';
const device = createDevice({ url: 'mqtt://a', id: 'a', description: { title: 'A', family: 'a', signals: { level: { title: 'L', type: 'number' } } } });
device.publish({ level: 1 });
// @ts-expect-error the description says number
device.publish({ level: 'high' });`;
  await writeFile(here('dist/try.ts'), program);
  // Inside the package its own name leads to what it exports, as for whoever installs it.
  const tsc = resolve(import.meta.dirname, '../../../node_modules/.bin/tsc');
  const flags = ['--ignoreConfig', '--noEmit', '--strict', '--module', 'nodenext', '--target', 'es2024', here('dist/try.ts')];
  try {
    expect(execFileSync(tsc, flags, { encoding: 'utf8' })).toBe('');
  } finally {
    await rm(here('dist/try.ts'));
  }
}, 60_000);

it('shows in its guide the example that the tests run', async () => {
  const guide = await readFile(here('README.md'), 'utf8');
  expect(guide).toContain(`\`\`\`ts\n${await readFile(here('examples/pump.ts'), 'utf8')}\`\`\``);
});
