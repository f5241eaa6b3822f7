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
const python = spawnSync('python3', ['--version']).status === 0;

describe.each(Object.entries(expected))('the record %s', (name, { ok, code }) => {
  const file = resolve(folder, `${name}.jsonl`);
  it(ok ? 'holds' : `does not hold: ${code}`, () => {
    for (const primitives of [nodePrimitives, portablePrimitives]) {
      const verdict = verifyBytes(primitives, readFileSync(file));
      expect([verdict.ok, verdict.problem?.code]).toEqual([ok, code]);
    }
  });
  it('is the same to the second verifier', (context) => {
    if (!python) return context.skip('python3 is not here: the second verifier was not run');
    const { stdout, status } = spawnSync('python3', [second, file], { encoding: 'utf8' });
    expect([JSON.parse(stdout).ok, status]).toEqual([ok, ok ? 0 : 1]);
  });
});
