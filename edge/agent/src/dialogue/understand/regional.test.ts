import { loadPack, packsRoot } from '@wayside/packs';
import { expect, it } from 'vitest';
import { createPlainly } from './regional.ts';

const plainly = createPlainly((await loadPack(`${packsRoot}/core`)).wording);

it.each([
  ["what's up with her, love?", 'what is wrong with it?'],
  ['Go for it, mate.', 'Go for it.'],
  ['Aye, on you go', 'yes, go ahead'],
  ['I dinnae ken', 'I do not know'],
  ['佢点解会停㗎', '它为什么会停吗'],
  ['寻日水温几多度', '昨天水温几度'],
  ['啥子时候开始的嘛', '什么时候开始的'],
  ['唔该熄咗个泵', '关掉个泵'],
])('says in the words of all what is said in those of a region: %s', (said, plain) => {
  expect(plainly(said)).toBe(plain);
});

it.each(['is the pump all right', 'there is a mateless bolt', '水温是多少', 'mate', '唔该', '', `${'mate '.repeat(20_000)}x`])(
  'leaves a sentence as it is that has none of them, or nothing else: %s',
  (said) => {
    expect(plainly(said)).toBe(said);
  },
);

it('knows no region where no words are given', () => {
  expect(createPlainly()('aye, mate')).toBe('aye, mate');
});
