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

  it('made with other work is known by what is stored, and so can be made to cost more one day', async () => {
    const light = await hashPassword('the same', 4);
    expect(light).toMatch(/^scrypt\$4\$/);
    expect(await isPassword('the same', light)).toBe(true);
    expect(await isPassword('the same', light.replace('$4$', '$5$'))).toBe(false);
  });

  it('of a name nobody has, or who has none, is never right', async () => {
    expect(await isPassword('', undefined)).toBe(false);
    expect(await isPassword('', '')).toBe(false);
  });

  it('made by the hub can be read off a screen', () => {
    expect(newPassword()).toMatch(/^([a-hjkmnp-z2-9]{5}-){3}[a-hjkmnp-z2-9]{5}$/);
  });
});
