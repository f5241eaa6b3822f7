import { describe, expect, it } from 'vitest';
import { hashPassword, isPassword, newPassword } from './password.ts';

describe('a password', () => {
  it('is known again, in either Unicode form, and no other is taken for it', async () => {
    const stored = await hashPassword('Füße waschen');
    expect(await isPassword('Füße waschen'.normalize('NFD'), stored)).toBe(true);
    expect(await isPassword('Füße Waschen', stored)).toBe(false);
    expect(stored).not.toContain('waschen');
  });

  it('is stored another way each time', async () => {
    expect(await hashPassword('the same')).not.toBe(await hashPassword('the same'));
  });

  it('of a name nobody has is never right', async () => {
    expect(await isPassword('', undefined)).toBe(false);
  });

  it('made by the hub can be read off a screen', () => {
    expect(newPassword()).toMatch(/^([a-hjkmnp-z2-9]{5}-){3}[a-hjkmnp-z2-9]{5}$/);
  });
});
