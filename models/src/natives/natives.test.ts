import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, describe, expect, it } from 'vitest';
import { createModels } from '../models.ts';
import { brokenNatives, noteNatives, withoutBroken } from './broken-natives.ts';
import { nativeOf } from './native.ts';
import { probeNative, probeNatives } from './probe-natives.ts';

const folder = mkdtempSync(join(tmpdir(), 'wayside-natives-'));
afterAll(() => rmSync(folder, { recursive: true }));
const script = (name: string, text: string): string => {
  const file = join(folder, name);
  writeFileSync(file, text);
  return file;
};

describe('the natives', () => {
  it('all compute here, each in a process of its own', async () => {
    expect(await probeNatives()).toEqual([
      { native: 'onnxruntime-node', state: 'works' },
      { native: 'node-llama-cpp', state: 'works' },
    ]);
  });

  it('are named when they end their process, hang or complain', async () => {
    const crash = await probeNative('onnxruntime-node', script('crash.mjs', "process.kill(process.pid, 'SIGILL')"));
    expect(crash).toEqual({ native: 'onnxruntime-node', state: 'broken', why: 'it ended by SIGILL' });
    const hang = await probeNative('node-llama-cpp', script('hang.mjs', 'setInterval(() => {}, 1000)'), 1_000);
    expect(hang).toMatchObject({ state: 'broken', why: 'it gave no answer in 1 s' });
    const wrong = await probeNative('node-llama-cpp', script('wrong.mjs', "throw new Error('GLIBC_2.38 not found')"));
    expect(wrong).toMatchObject({ state: 'broken', why: expect.stringContaining('GLIBC_2.38 not found') });
  });

  it('that broke are remembered for this version on this processor, and for no other', async () => {
    const states = [{ native: 'onnxruntime-node', state: 'broken', why: 'SIGILL' } as const];
    expect(await brokenNatives(folder, '1.0.0')).toEqual([]);
    await noteNatives(folder, states, '1.0.0');
    expect(await brokenNatives(folder, '1.0.0')).toEqual(['onnxruntime-node']);
    expect(await brokenNatives(folder, '1.0.1')).toEqual([]);
    script('natives.json', '{"machine": 7');
    expect(await brokenNatives(folder, '1.0.0')).toEqual([]);
  });

  it('that broke leave what WebAssembly runs', () => {
    const models = createModels();
    const all = {
      ...models,
      list: () => models.list().map((entry) => ({ ...entry, present: true })),
      resolve: (id: string) => `/models/${id}`,
    };
    const left = withoutBroken(all, ['onnxruntime-node']);
    const here = left.list().filter(({ present }) => present);
    expect(here.map(({ task }) => task)).toContain('generate');
    expect(here.filter((entry) => nativeOf(entry) === 'onnxruntime-node')).toEqual([]);
    expect(left.resolve('flite-program')).toBe('/models/flite-program');
    expect(left.resolve('silero-vad')).toBeUndefined();
  });
});
