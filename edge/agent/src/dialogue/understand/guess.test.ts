import { loadPack, packsRoot } from '@wayside/packs';
import { describe, expect, it } from 'vitest';
import { compileGrammar } from '../grammar/compile-grammar.ts';
import { createGrammar } from '../grammar/grammar.ts';
import { guessIn, judgeGuess } from './guess.ts';

const grammar = createGrammar(compileGrammar([await loadPack(`${packsRoot}/core`)]));

describe('a guess at the cause', () => {
  it.each([
    ['Is it the pump?', 'pump'],
    ['so could it be a clogged strainer then?', 'clogged strainer'],
    ['是不是水泵的问题？', '水泵'],
    ['会不会是过滤器堵了吗', '过滤器堵了'],
    ["it's surely the pump", 'pump'],
    ['my brother says hello, it must be the thermostat I think', 'thermostat'],
    ['我觉得是水泵坏了', '水泵'],
    ['应该是过滤器的问题吧', '过滤器'],
    ['is it', undefined],
    ['it is the rear one', 'rear one'],
    ['why is it the pump that is blamed for all of this every single time', undefined],
  ])('hears in "%s" the guess %s', (text, guess) => {
    expect(guessIn(text, grammar)).toBe(guess);
  });

  it('is the likeliest, possible, or nothing that shows', async () => {
    const { faults } = await loadPack(`${packsRoot}/home-hvac`);
    const ids = Object.keys(faults);
    const [likely, possible, other] = ids as [string, string, string];
    const ranked = [
      { fault: likely, probability: 0.7 },
      { fault: possible, probability: 0.1 },
      { fault: other, probability: 0.01 },
    ] as Parameters<typeof judgeGuess>[1]['ranked'];
    const title = (id: string) => faults[id]!.title.en.toLowerCase();
    expect(judgeGuess(title(likely), { ranked }, faults)).toBe('likely');
    expect(judgeGuess(title(possible), { ranked }, faults)).toBe('possible');
    expect(judgeGuess(title(other), { ranked }, faults)).toBe('unlikely');
    expect(judgeGuess('flux capacitor', { ranked }, faults)).toBe('unlikely');
  });
});
