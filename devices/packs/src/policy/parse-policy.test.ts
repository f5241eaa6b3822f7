import { expect, it, vi } from 'vitest';
import { parsePolicy } from './parse-policy.ts';

it('refuses a list, a map or an alias for a name in our own words, and lets no library warn of it on the error stream', () => {
  const warn = vi.spyOn(process, 'emitWarning').mockImplementation(() => {});
  try {
    for (const text of ['? [a, b]\n: 1\n', '? { a: 1 }\n: 1\n', 'rules: &a x\n*a : 2\n'])
      expect(() => parsePolicy(text)).toThrow(/line \d: has a list, a map or an alias for a name/);
    expect(() => parsePolicy('1: 2\n')).toThrow(/has "1", which has no meaning here/);
    expect(warn).not.toHaveBeenCalled();
  } finally {
    warn.mockRestore();
  }
});
