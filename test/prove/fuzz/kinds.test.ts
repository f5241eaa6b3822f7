import { createRandom } from '@wayside/simulators';
import { expect, it } from 'vitest';
import { createChanger, mostBytes } from './change.ts';
import { Corpus, plain } from './kinds.ts';

it('an input is an example from then on when it is answered in a new way, and not when it is not', () => {
  const corpus = new Corpus([Buffer.from('true')], createRandom(1, 'a'));
  corpus.answered(Buffer.from('first'), 'a');
  corpus.answered(Buffer.from('again'), 'a');
  corpus.answered(Buffer.from('second'), 'b');
  const drawn = new Set(Array.from({ length: 200 }, () => corpus.draw().toString()));
  expect([...drawn].sort()).toEqual(['first', 'second', 'true']);
});

it('a door that says something new each time does not fill the memory, and true examples are still drawn', () => {
  const corpus = new Corpus([Buffer.from('true')], createRandom(1, 'a'));
  for (let i = 0; i < 10_000; i++) corpus.answered(Buffer.from(String(i)), String(i));
  expect(corpus.size).toBe(2_000);
  const drawn = Array.from({ length: 2_000 }, () => corpus.draw().toString());
  expect(new Set(drawn).size).toBeLessThanOrEqual(201);
  expect(drawn.filter((one) => one === 'true').length).toBeGreaterThan(800);
});

it('figures and what is quoted do not make an answer another one', () => {
  expect(plain('the setting "a b" cannot be 7: at most 12')).toBe(plain('the setting "c" cannot be 100: at most 3'));
  expect(plain('too long')).not.toBe(plain('too short'));
});

it('changes are those of the seed, leave what they begin with as it was, and grow nothing beyond the limit', () => {
  const bytes = Buffer.from('{"a":[1,2,3],"b":"text"}');
  const before = Buffer.from(bytes);
  const changed = (seed: number) => {
    const change = createChanger(createRandom(seed, 'c'));
    return Array.from({ length: 3_000 }, () => change(bytes, () => Buffer.alloc(mostBytes, 7)));
  };
  const [one, same, other] = [changed(1), changed(1), changed(2)];
  expect(one).toEqual(same);
  expect(one).not.toEqual(other);
  expect(bytes).toEqual(before);
  expect(Math.max(...one.map(({ length }) => length))).toBe(mostBytes);
  expect(new Set(one.map(String)).size).toBeGreaterThan(2_000);
});
