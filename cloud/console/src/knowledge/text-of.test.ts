import { describe, expect, it } from 'vitest';
import { idOf, readKept, sameText } from './text-of.ts';

const text = { title: 't', body: 'b', family: 'vehicle', faults: ['f'], tags: [], sources: [], applies: [] };

describe('a kept article text', () => {
  it('comes back as it was kept', () => expect(readKept(JSON.stringify({ version: 3, text }))).toEqual({ version: 3, text }));

  it.each(['', 'not json', '{}', '{"version":1,"text":{"title":"t"}}', JSON.stringify({ version: 1, text: { ...text, faults: [1] } })])(
    'that is damaged is no text: %s',
    (json) => expect(readKept(json)).toBeUndefined(),
  );
});

it('two texts are the same whatever order their parts were written in', () => {
  const { title, ...rest } = text;
  expect(sameText(text, { ...rest, title })).toBe(true);
  expect(sameText(text, { ...text, tags: ['new'] })).toBe(false);
});

it('makes an id of a title that the hub accepts, and none where there are no Latin letters', () => {
  expect(idOf('Coolant low — what now?')).toBe('coolant-low-what-now');
  expect(idOf('  Émission: P0420 ')).toBe('emission-p0420');
  expect(idOf('冷却液不足')).toBe('');
});
