import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { loadE5 } from './e5.ts';
import { half, openE5 } from './e5-file.ts';
import { tinyE5, tinyWidth } from './tiny-e5.ts';
import { createTokenizer } from './unigram.ts';

const folder = mkdtempSync(join(tmpdir(), 'wayside-e5-'));
const path = join(folder, 'tiny.e5');
const { file, tables } = tinyE5();
beforeAll(() => writeFileSync(path, file));
afterAll(() => rmSync(folder, { recursive: true }));

describe('an e5 file', () => {
  it('says what it is', () => {
    const opened = openE5(path);
    expect(opened).toMatchObject({ width: tinyWidth, layers: 1, heads: 2, inner: 64, positions: 16 });
    expect(opened.row('emb.word', 5)).toEqual(opened.table('emb.word', 'q4', 11 * tinyWidth).subarray(5 * 18, 6 * 18));
    opened.close();
  });

  it.each([
    ['another file', Buffer.from('GGUF and then something that goes on for a while and a while and a while')],
    ['nothing', Buffer.alloc(0)],
    ['its head alone', file.subarray(0, 60)],
    ['one with a wild count', Buffer.concat([file.subarray(0, 12), Buffer.from([255, 255, 255, 127]), file.subarray(16)])],
  ])('is not %s', (_, bytes) => {
    const other = join(folder, 'other.e5');
    writeFileSync(other, bytes);
    expect(() => openE5(other)).toThrow(expect.objectContaining({ code: 'model-corrupt' }));
  });

  it('that was cut off is noticed when its weights are read', async () => {
    const other = join(folder, 'cut.e5');
    writeFileSync(other, file.subarray(0, file.length - 100));
    await expect(loadE5(other)).rejects.toMatchObject({ code: 'model-corrupt' });
  });

  it('has half-precision scales (IEEE 754: 1, -2, the least above nothing)', () => {
    expect([0x3c00, 0xc000, 0x0001, 0].map(half)).toEqual([1, -2, 2 ** -24, 0]);
  });
});

describe('the tokenizer', () => {
  const opened = openE5.bind(undefined, path);
  const cut = (text: string, most = 14) => createTokenizer(opened().pieces, most)(text);
  it('takes the likeliest pieces', () => {
    expect(cut('pump')).toEqual([5]);
    // "pumps" as one piece has -9, "pump" and "s" together -11.
    expect(cut('pumps')).toEqual([6]);
    expect(cut('pump  ｐｕｍｐ\u200b')).toEqual([5, 5]);
    expect(cut('泵')).toEqual([4, 8]);
  });
  it('calls what it has no piece for unknown, character by character', () => expect(cut('é泵')).toEqual([4, 3, 8]));
  it('reads no further than it may, and nothing of nothing', () => {
    expect(cut('pump '.repeat(50_000), 3)).toEqual([5, 5, 5]);
    expect(cut('')).toEqual([4]);
  });
});

/** The encoder as the paper has it, in plain loops. */
function byHand(ids: number[]): number[] {
  const w = (name: string) => tables.get(name)!;
  const range = (n: number) => Array.from({ length: n }, (_, i) => i);
  const norm = (x: number[], name: string) => {
    const mean = x.reduce((a, b) => a + b) / x.length;
    const spread = Math.sqrt(x.reduce((sum, v) => sum + (v - mean) ** 2, 0) / x.length + 1e-12);
    return x.map((v, i) => ((v - mean) / spread) * w(`${name}.w`).numbers[i]! + w(`${name}.b`).numbers[i]!);
  };
  const times = (x: number[], name: string) => {
    const { rows, columns, numbers } = w(`${name}.w`);
    return range(rows).map((r) => x.reduce((sum, v, c) => sum + v * numbers[r * columns + c]!, w(`${name}.b`).numbers[r]!));
  };
  const erf = (x: number) => {
    let sum = 0;
    for (let i = 0; i < 4000; i++) sum += Math.exp(-((((i + 0.5) * x) / 4000) ** 2)) * (x / 4000);
    return (2 / Math.sqrt(Math.PI)) * sum;
  };
  const x0 = ids.map((id, at) =>
    norm(
      range(tinyWidth).map(
        (k) => w('emb.word').numbers[id * tinyWidth + k]! + w('emb.pos').numbers[at * tinyWidth + k]! + w('emb.type').numbers[k]!,
      ),
      'emb.ln',
    ),
  );
  const [q, k, v] = ['q', 'k', 'v'].map((part) => x0.map((x) => times(x, `l0.${part}`))) as [number[][], number[][], number[][]];
  const out = x0.map((x, i) => {
    const seen = range(2).flatMap((head) => {
      const part = (of: number[]) => of.slice(head * 16, head * 16 + 16);
      const weights = k.map((key) => Math.exp(part(q[i]!).reduce((sum, a, d) => sum + a * part(key)[d]!, 0) / 4));
      const all = weights.reduce((a, b) => a + b);
      return range(16).map((d) => v.reduce((sum, value, j) => sum + (weights[j]! / all) * part(value)[d]!, 0));
    });
    const between = norm(
      times(seen, 'l0.ao').map((a, d) => a + x[d]!),
      'l0.aln',
    );
    const bent = times(between, 'l0.fi').map((a) => 0.5 * a * (1 + erf(a / Math.SQRT2)));
    return norm(
      times(bent, 'l0.fo').map((a, d) => a + between[d]!),
      'l0.oln',
    );
  });
  const mean = range(tinyWidth).map((d) => out.reduce((sum, x) => sum + x[d]! / out.length, 0));
  const length = Math.hypot(...mean);
  return mean.map((value) => value / length);
}

it('embeds as the encoder does that is written out by hand, but for what eight bits round away', async () => {
  const embed = await loadE5(path);
  const ids = createTokenizer(openE5(path).pieces, 14)('query: pump');
  const cosine = (a: ArrayLike<number>, b: number[]) => b.reduce((sum, value, i) => sum + value * a[i]!, 0);
  const { vector: got, inner } = await embed('pump', 'query');
  expect(cosine(got, byHand([0, ...ids, 2]))).toBeGreaterThan(0.999);
  // Another order of the same pieces is another text.
  expect(cosine(got, byHand([0, ...ids.toReversed(), 2]))).toBeLessThan(0.999);
  expect(Math.hypot(...got)).toBeCloseTo(1, 5);
  // Where there is one layer, it is both inner ones too; they are given as they are.
  for (const half of [inner.subarray(0, tinyWidth), inner.subarray(tinyWidth)]) {
    const length = Math.hypot(...half);
    for (const [k, value] of got.entries()) expect(half[k]! / length).toBeCloseTo(value, 5);
  }
});
