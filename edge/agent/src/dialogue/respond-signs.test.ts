import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { openToyTalk } from './test-talk.ts';

let talk: Awaited<ReturnType<typeof openToyTalk>>;
beforeAll(async () => {
  talk = await openToyTalk();
});
afterAll(() => talk.close());

describe('a smell of which no more is said', () => {
  beforeEach(() => talk.begin(false));

  it('may be gas, which is asked first; then which of the signs it is, by a tap or a word', async () => {
    expect((await talk.tell('it smells odd')).answer.text).toMatch(/smell of gas or fuel/);
    const { answer } = await talk.tell('no');
    expect(answer.text).toMatch(/Is this what you mean\? Squealing\./);
    expect(answer.choices).toEqual(
      ['Squealing', 'None of these'].map((label) => ({ say: label === 'Squealing' ? label : 'none of these', label })),
    );
    expect((await talk.tell('yes')).observations).toMatchObject([{ observation: 'squeal', answer: 'yes' }]);
  });

  it('is an emergency where it is gas', async () => {
    await talk.tell('something stinks');
    expect((await talk.tell('yes')).handoff).toMatchObject({ rule: { id: 'emergency' } });
  });

  it('is noted as none of them where it is none, and not asked again', async () => {
    await talk.tell('it smells odd');
    await talk.tell('no');
    const { answer, observations } = await talk.tell('none of these');
    expect(observations).toEqual([]);
    expect(answer.text).toMatch(/did not understand/);
    expect((await talk.tell('it smells odd')).answer.text).not.toMatch(/Is this what you mean/);
  });
});
