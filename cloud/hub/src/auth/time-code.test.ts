import { describe, expect, it } from 'vitest';
import { codeOf, newTimeSecret, stepOf, timeUri } from './time-code.ts';

const secret = Buffer.from('12345678901234567890');
const inBase32 = 'GEZDGNBVGY3TQOJQGEZDGNBVGY3TQOJQ';

describe('a time code', () => {
  it.each([
    // RFC 6238 appendix B for SHA-1, of which six digits are the last six of eight.
    [59, '287082'],
    [1_111_111_109, '081804'],
    [1_111_111_111, '050471'],
    [1_234_567_890, '005924'],
    [2_000_000_000, '279037'],
    [20_000_000_000, '353130'],
  ])('at second %i is that of the RFC', (seconds, code) => {
    expect(codeOf(secret, Math.floor(seconds / 30))).toBe(code);
    expect(stepOf(inBase32, code, 0, seconds * 1000)).toBe(Math.floor(seconds / 30));
  });

  it('is good half a minute before and after, once, and no other is', () => {
    const step = 37_037_037;
    const code = codeOf(secret, step);
    for (const off of [-1, 0, 1]) expect(stepOf(inBase32, code, 0, (step + off) * 30_000)).toBe(step);
    for (const off of [-2, 2]) expect(stepOf(inBase32, code, 0, (step + off) * 30_000)).toBeUndefined();
    expect(stepOf(inBase32, code, step, step * 30_000)).toBeUndefined();
    expect(stepOf(inBase32, '000000', 0, step * 30_000)).toBeUndefined();
  });

  it('has a secret an app can read', () => {
    const fresh = newTimeSecret();
    expect(fresh).toMatch(/^[A-Z2-7]{32}$/);
    expect(fresh).not.toBe(newTimeSecret());
    expect(timeUri(fresh, 'Ada & Bo')).toBe(`otpauth://totp/Wayside:Ada%20%26%20Bo?secret=${fresh}&issuer=Wayside`);
  });
});
