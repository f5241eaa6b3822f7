import { WaysideError } from '@wayside/protocol';
import { describe, expect, it } from 'vitest';
import { randomFrom, tinyGguf } from './fixtures.ts';
import { type Bytes, readGguf } from './gguf.ts';

const whole = tinyGguf({ name: 'Tiny', languages: ['en', 'zh'] });

/** Bytes in memory that pretend to any size and count what is asked of them. */
function bytesOf(buffer: Buffer, size = buffer.length): Bytes & { largest: number } {
  const bytes = {
    size,
    largest: 0,
    read(at: number, length: number) {
      bytes.largest = Math.max(bytes.largest, length);
      return buffer.subarray(at, at + length);
    },
  };
  return bytes;
}

/** The code of the WaysideError that reading throws; any other error fails the test. */
function refusal(bytes: Bytes): string {
  try {
    readGguf(bytes);
    return 'none';
  } catch (error) {
    if (!(error instanceof WaysideError)) throw error;
    return error.code;
  }
}

describe('readGguf', () => {
  it('reads what a model says about itself', () => {
    expect(readGguf(bytesOf(whole))).toEqual({
      version: 3,
      architecture: 'llama',
      name: 'Tiny',
      licence: undefined,
      languages: ['en', 'zh'],
      contextLength: 2048,
      tensors: 1,
    });
  });

  it('refuses every truncation of a whole file', () => {
    for (let end = 0; end < whole.length; end++) expect(['invalid', 'model-corrupt']).toContain(refusal(bytesOf(whole.subarray(0, end))));
  });

  it('refuses versions it cannot read', () => {
    for (const version of [0, 1, 4, 0x03000000]) {
      const other = Buffer.from(whole);
      other.writeUInt32LE(version, 4);
      expect(refusal(bytesOf(other))).toBe('invalid');
    }
  });

  it('meets any damage with a WaysideError or a header, and never reads more than a window at once', () => {
    const next = randomFrom(20261122);
    for (let round = 0; round < 20_000; round++) {
      const damaged = Buffer.from(whole);
      for (let hits = 1 + next(6); hits > 0; hits--) damaged[4 + next(damaged.length - 4)] = next(256);
      const bytes = bytesOf(damaged, next(2) ? damaged.length : 5e11);
      expect(['none', 'invalid', 'model-corrupt']).toContain(refusal(bytes));
      expect(bytes.largest).toBeLessThanOrEqual(256 * 1024);
    }
  });

  it('meets random bytes with a WaysideError', () => {
    const next = randomFrom(7);
    for (let round = 0; round < 2_000; round++) {
      const bytes = Buffer.from(Array.from({ length: next(400) }, () => next(256)));
      expect(refusal(bytesOf(Buffer.concat([Buffer.from('GGUF\u0003\0\0\0'), bytes])))).toMatch(/invalid|model-corrupt/);
      expect(refusal(bytesOf(bytes))).toBe('invalid');
    }
  });
});
