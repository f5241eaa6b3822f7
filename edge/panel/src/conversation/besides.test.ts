import { describe, expect, it } from 'vitest';
import { askedLast, besides } from './besides.ts';

const step = { procedure: 'p', title: 'Check', step: 's', number: 2, of: 5, text: 'Let it cool.', safety: 'It is hot.' };

describe('an answer beside its cards', () => {
  it('does not say the step twice', () => {
    expect(besides('You may drive gently. It is hot. Step 2 of 5: Let it cool.', { step })).toBe('You may drive gently.');
    expect(besides('第 2 步，共 5 步：让它冷却。', { step: { ...step, text: '让它冷却。' } })).toBe('');
  });

  it('leaves what a first step needs, and what it offers, to its card', () => {
    const first = { ...step, tools: ['A brush', 'A lamp'], minutes: 10, action: { name: 'x', title: 'Flush it', risk: 'R1' as const } };
    const text =
      'Go gently. You need: A brush; A lamp. It takes about 10 minutes. It is hot. Step 2 of 5: Let it cool. I can do this from here: Flush it. Say “do it” if I should.';
    expect(besides(text, { step: first })).toBe('Go gently.');
  });

  it('leaves the question to its card', () => {
    const question = { observation: 'o', text: 'Does it shake?', options: [] };
    expect(besides('This is likely a misfire. Does it shake?', { question })).toBe('This is likely a misfire.');
  });

  it('is whole without cards', () => {
    expect(besides('Step 2 of 5: is what I said.', {})).toBe('Step 2 of 5: is what I said.');
  });
});

describe('the question that ends an answer', () => {
  it('stands with what may be tapped, and what follows it too', () => {
    expect(askedLast('Gas boiler: I find nothing wrong. What do you notice? Choose, or say it in your own words.')).toEqual({
      before: 'Gas boiler: I find nothing wrong.',
      question: 'What do you notice? Choose, or say it in your own words.',
    });
    expect(askedLast('目前没有发现故障。您注意到了什么？可以选一个，也可以直接说。')).toEqual({
      before: '目前没有发现故障。',
      question: '您注意到了什么？可以选一个，也可以直接说。',
    });
  });

  it('stays in the text where there is none, or where it is all there is', () => {
    for (const text of ['Get out of the car. Call 112, 911 or 119.', 'Which one do you mean?', ''])
      expect(askedLast(text)).toEqual({ before: text, question: '' });
  });
});
