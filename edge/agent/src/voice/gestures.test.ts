import { describe, expect, it } from 'vitest';
import { createLog } from '../log.ts';
import { createGestures, type Waiting } from './gestures.ts';

function site(...waiting: Waiting[]) {
  const taken: string[] = [];
  const see = createGestures({
    log: createLog('silent', 'test'),
    waiting: async () => waiting,
    take: async (session, { text }) => void taken.push(`${session} ${text}`),
  });
  return { taken, see: (name: string, thing = 'car-1', kind = 'gesture') => see(thing, { kind, name }) };
}
const asked = (over: Partial<Waiting> = {}): Waiting => ({ session: 's1', thing: 'car-1', locale: 'en', waitsFor: 'question', ...over });

describe('a gesture', () => {
  it.each([
    ['nod', 'yes'],
    ['thumbs-up', 'yes'],
    ['shake', 'no'],
    ['thumbs-down', 'no'],
  ])('%s answers a question that waits with %s', async (name, word) => {
    const { taken, see } = site(asked());
    await see(name);
    expect(taken).toEqual([`s1 ${word}`]);
  });

  it('answers in the language of the conversation, and in the newest that waits', async () => {
    const { taken, see } = site(asked({ session: 's3', waitsFor: undefined }), asked({ session: 's2', locale: 'zh' }), asked());
    await see('nod');
    expect(taken).toEqual(['s2 是']);
  });

  it('moves no machine by a nod; a thumb does', async () => {
    const { taken, see } = site(asked({ waitsFor: 'command' }));
    await see('nod');
    expect(taken).toEqual([]);
    await see('thumbs-up');
    expect(taken).toEqual(['s1 yes']);
  });

  it('means nothing without a question, on another thing, or when it is no gesture we know', async () => {
    const { taken, see } = site(asked());
    await see('nod', 'car-2');
    await see('wave');
    await see('nod', 'car-1', 'button');
    await site(asked({ waitsFor: undefined })).see('nod');
    expect(taken).toEqual([]);
  });
});
