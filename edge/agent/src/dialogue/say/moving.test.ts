import { policyFile } from '@wayside/packs';
import { describe, expect, it } from 'vitest';
import type { Reading } from '../../commands/interlock.ts';
import { shortList } from './moving.ts';

const policy = policyFile.parse({ rules: [], moving: { signal: 'Vehicle.Speed', above: 5 } });
const at = (value: Reading['value'], receivedAt = 1_000) => ({
  latest: (signal: string): Reading | undefined =>
    signal === 'Vehicle.Speed' ? { value, observedAt: receivedAt, receivedAt, quality: 'good' } : undefined,
});

describe('a thing that moves', () => {
  it('gets three entries to a list above the speed its policy names, and any number below', () => {
    expect(shortList(policy, at(5.1), 2_000)).toBe(3);
    expect(shortList(policy, at(5), 2_000)).toBeUndefined();
  });

  it('is not taken to move for an old speed, a word, or a policy that says nothing of it', () => {
    expect(shortList(policy, at(50), 60_000)).toBeUndefined();
    expect(shortList(policy, at('fast'), 2_000)).toBeUndefined();
    expect(shortList(policyFile.parse({ rules: [] }), at(50), 2_000)).toBeUndefined();
    expect(shortList(policy, undefined, 2_000)).toBeUndefined();
  });
});
