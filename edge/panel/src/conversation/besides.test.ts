import { describe, expect, it } from 'vitest';
import { besides } from './besides.ts';

const step = { procedure: 'p', title: 'Check', step: 's', number: 2, of: 5, text: 'Let it cool.', safety: 'It is hot.' };

describe('an answer beside its cards', () => {
  it('does not say the step twice', () => {
    expect(besides('You may drive gently. It is hot. Step 2 of 5: Let it cool.', { step })).toBe('You may drive gently.');
    expect(besides('第 2 步，共 5 步：让它冷却。', { step: { ...step, text: '让它冷却。' } })).toBe('');
  });

  it('leaves the question to its card', () => {
    const question = { observation: 'o', text: 'Does it shake?', options: [] };
    expect(besides('This is likely a misfire. Does it shake?', { question })).toBe('This is likely a misfire.');
  });

  it('is whole without cards', () => {
    expect(besides('Step 2 of 5: is what I said.', {})).toBe('Step 2 of 5: is what I said.');
  });
});
