import { expect, it } from 'vitest';
import { customerOf, readCustomers } from './customers.ts';

it('knows what is agreed with an edge, by its own id before its tenant, and nothing of others', () => {
  const text = 'acme: priority 0.9 (contract 2026-114); e_1: standard 0.5 (price list)';
  expect(customerOf(text, 'e_2', 'acme')).toEqual({ tier: 'priority', value: 0.9, source: 'contract 2026-114' });
  expect(customerOf(text, 'e_1', 'acme')?.tier).toBe('standard');
  expect(customerOf(text, 'e_3', 'other')).toBeUndefined();
  expect(customerOf('', 'e_1', null)).toBeUndefined();
});
it.each([
  'acme priority 0.9 (x)',
  'acme: priority 9 (x)',
  'acme: priority 0.9',
  'acme: 0.9 (x)',
  'acme: priority 0.9 ()',
  ':;',
  `${'a'.repeat(5000)}`,
])('refuses %s', (text) => {
  expect(readCustomers(text)).toBeUndefined();
});
