import type { FaultModel } from '@wayside/packs';

/** A text that says nothing, where a test needs one. */
export const text = { en: 'x', zh: 'x' };

/** A fault for a test: what it does not name is as harmless as can be. */
export const madeFault = (prior: number, links: Partial<FaultModel>) => ({
  title: text,
  explanation: text,
  severity: 'warning' as const,
  safety: 'gently' as const,
  safetyAdvice: text,
  prior,
  source: 'made for this test',
  ...links,
});
