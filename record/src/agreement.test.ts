import { spawnSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { resolve } from 'node:path';
import { describe, expect, it } from 'vitest';
import { verifyBytes } from './bytes-verifier.ts';
import { nodePrimitives } from './node-primitives.ts';
import { portablePrimitives } from './portable-primitives.ts';

const folder = resolve(import.meta.dirname, '../vectors/records');
const second = resolve(import.meta.dirname, '../python/verify.py');
const expected = JSON.parse(readFileSync(resolve(folder, 'expected.json'), 'utf8')) as Record<string, { ok: boolean; code?: string }>;
const names = Object.keys(expected);
const fileOf = (name: string) => resolve(folder, `${name}.jsonl`);

describe.each(Object.entries(expected))('the record %s', (name, { ok, code }) => {
  it(ok ? 'holds' : `does not hold: ${code}`, () => {
    for (const primitives of [nodePrimitives, portablePrimitives]) {
      const verdict = verifyBytes(primitives, readFileSync(fileOf(name)));
      expect([verdict.ok, verdict.problem?.code]).toEqual([ok, code]);
    }
  });
});

describe('the second verifier', () => {
  const here = spawnSync('python3', ['--version']).status === 0;

  it('finds the same of each record', (context) => {
    if (!here) return context.skip('python3 is not here: the second verifier was not run');
    const { stdout, status } = spawnSync('python3', [second, ...names.map(fileOf)], { encoding: 'utf8' });
    const answers = stdout.trim().split('\n');
    expect(answers).toHaveLength(names.length);
    for (const [i, name] of names.entries()) expect([name, JSON.parse(answers[i] as string).ok]).toEqual([name, expected[name]?.ok]);
    expect(status).toBe(1);
  });
});
