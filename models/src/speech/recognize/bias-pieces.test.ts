import { describe, expect, it } from 'vitest';
import { createPieceBias, fitOfPieces } from './bias-pieces.ts';

const end = 0;
const cut = (text: string) => Array.from(text, (sign) => sign.codePointAt(0)!);
const weights = { afterTwo: 8, afterOne: 4, begins: 2, said: 1 };
const graph = createPieceBias(['打开车窗', '打开空调', '水温'].map(cut), weights, end);
const after = (text: string) => cut(text).reduce((place, piece) => place.after(piece), graph);
const gain = (text: string, next: string) => after(text).expected().get(cut(next)[0]!) ?? 0;
const fit = (text: string) => fitOfPieces(cut(text), graph, weights.afterTwo, end);

describe('what is expected of a language without spaces', () => {
  it('grows with how much of a phrase was said before', () => {
    expect([gain('打开', '车'), gain('关开', '车'), gain('请', '打'), gain('请', '窗'), gain('打开', '门')]).toEqual([8, 4, 2, 1, 0]);
  });
  it('ends where a phrase ends, and nowhere else', () => {
    expect([after('打开车窗').expected().get(end), after('打开车').expected().get(end)]).toEqual([8, undefined]);
  });
  it('counts what stands where a phrase has it', () => {
    expect(fit('打开空调')).toBe(5);
    expect(fit('好吧')).toBe(0);
    expect(fit('请打开空调')).toBeGreaterThan(2);
    expect(fit('请打开空调')).toBeLessThan(5);
  });
});
