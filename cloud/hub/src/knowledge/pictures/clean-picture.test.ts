import { describe, expect, it } from 'vitest';
import { cleanPicture } from './clean-picture.ts';
import { orientationIn } from './jpeg-orientation.ts';
import { madePictures } from './made-pictures.ts';

const { png, jpeg, webp, secret } = madePictures;

describe('a picture that is cleaned', () => {
  it.each([
    ['image/png', png(), { width: 2, height: 1 }],
    ['image/jpeg', jpeg(), { width: 9, height: 7 }],
    ['image/webp', webp(), { width: 9, height: 7 }],
  ] as const)('says nothing of who took it, where and when, and is one still: %s', (type, given, size) => {
    expect(given.includes(secret)).toBe(true);
    const cleaned = cleanPicture(given);
    expect(cleaned).toMatchObject({ type, ...size });
    expect(cleaned.bytes.includes(secret)).toBe(false);
    expect(cleaned.bytes.includes('Erika')).toBe(false);
    // Cleaned again it is the same: it is named by its hash.
    expect(cleanPicture(cleaned.bytes).bytes.equals(cleaned.bytes)).toBe(true);
  });

  it('lies as it was held', () => {
    const { bytes } = cleanPicture(jpeg());
    expect(orientationIn(bytes.subarray(bytes.indexOf('Exif')))).toBe(6);
  });

  it('is told by its first bytes, and is whole', () => {
    for (const given of ['', '<svg onload="alert(1)">', 'GIF89a', '%PDF-1.7', '\x89PNG'])
      expect(() => cleanPicture(Buffer.from(given, 'latin1')), given).toThrow(/no PNG, JPEG or WebP/);
    for (const whole of [png(), jpeg(), webp()]) {
      const end = whole.indexOf(secret, whole.length - secret.length);
      for (let length = 12; length < end; length++) {
        const cut = whole.subarray(0, length);
        expect(() => cleanPicture(cut), `${length} of ${end}`).toThrow(/damaged or cut off|no PNG/);
      }
    }
  });

  it('is not larger than may be', () => {
    expect(() => cleanPicture(png(5_000, 1))).toThrow(/5000 by 1 pixels/);
    expect(() => cleanPicture(png(0, 1))).toThrow(/0 by 1 pixels/);
    expect(() => cleanPicture(Buffer.alloc(512 * 1024 + 1))).toThrow(/at most 512 KiB/);
  });

  it('survives bytes that were turned over', () => {
    for (const whole of [png(), jpeg(), webp()])
      for (let at = 0; at < whole.length; at++) {
        const bad = Buffer.from(whole);
        bad[at] = 255 - (bad[at] as number);
        try {
          expect(cleanPicture(bad).bytes.length).toBeGreaterThan(0);
        } catch (error) {
          expect(error).toMatchObject({ code: 'invalid' });
        }
      }
  });
});
