import { describe, expect, it } from 'vitest';
import { codes, figures } from './figures.ts';

const said = (text: string) => figures(text).map(({ number, unit }) => (unit ? `${number} ${unit}` : number));

describe('figures', () => {
  it.each([
    ['1,000 rpm and 1000 r/min', ['1000 rpm', '1000 rpm']],
    ['１２．５０Ｖ', ['12.5 v']],
    ['minus: -5 °C, −5℃, 3-5 bar', ['-5 °c', '-5 °c', '3', '5 bar']],
    ['7.1 mm/s, 5 mm, 2 m', ['7.1 mm/s', '5 mm', '2 m']],
    ['two minutes', ['2 min']],
    ['One of them', []],
    ['转速1,500转/分，三次，十分钟', ['1500 rpm', '3', '10 min']],
    ['百分之20', ['20 %']],
    ['Code P0301 and R290', []],
    ['2.4 barrels', ['2.4']],
  ])('reads %s', (text, expected) => {
    expect(said(text)).toEqual(expected);
  });
});

describe('codes', () => {
  it('reads trouble codes in any case and spelling', () => {
    expect(codes('p0301, E-04, Ｐ０４２０ and R290 at 40 km')).toEqual(['p0301', 'e04', 'p0420', 'r290']);
  });
});
