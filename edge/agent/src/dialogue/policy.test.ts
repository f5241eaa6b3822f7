import { loadPack, loadPolicyTests, type Policy, packsRoot } from '@wayside/packs';
import { expect, it } from 'vitest';
import { applyPolicy } from './policy.ts';

const because = { en: 'x', zh: 'x' };
const policy: Policy = {
  rules: [
    { id: 'first', because, when: { turns: { atLeast: 3 } }, effect: 'offer' },
    { id: 'second', because, when: { turns: { atLeast: 3 } }, effect: 'offer' },
    { id: 'strong', because, when: { turns: { atLeast: 3 }, severity: { atLeast: 3 } }, effect: 'handoff-urgent' },
    { id: 'never', because, when: {}, effect: 'handoff' },
  ],
};

it('fires nothing below its limits, nor on a measure nobody took', () => {
  expect(applyPolicy(policy, { turns: 2, severity: 3 })).toBeNull();
  expect(applyPolicy(policy, {})).toBeNull();
});
it('lets the strongest effect win, and the first of equals', () => {
  expect(applyPolicy(policy, { turns: 3 })?.rule.id).toBe('first');
  expect(applyPolicy(policy, { turns: 3, severity: 3 })).toMatchObject({ effect: 'handoff-urgent', rule: { id: 'strong' } });
});
it('does what the core pack says it does', async () => {
  const core = await loadPack(`${packsRoot}/core`);
  const tests = await loadPolicyTests(core.dir);
  expect(tests.length).toBeGreaterThan(10);
  for (const { measures, effect, rule } of tests) {
    const outcome = applyPolicy(core.policy!, measures);
    expect([outcome?.effect ?? null, outcome?.rule.id]).toEqual([effect, rule]);
  }
});
