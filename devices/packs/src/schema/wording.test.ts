import { expect, it } from 'vitest';
import { wordingFile } from './wording.ts';

it('takes how a name is said in words and letters, and says what else is wrong with one', () => {
  const read = (spoken: Record<string, string>) => wordingFile.safeParse({ language: 'en', spoken });
  expect(read({ AdBlue: 'add blue', NPSH: 'N P S H', 水泵: '水泵' }).success).toBe(true);
  expect(wordingFile.parse({ language: 'en' }).spoken).toEqual({});
  for (const wrong of ['', '12 V', '**bold**', 'a'.repeat(200), 'two\nlines'])
    expect(read({ AdBlue: wrong }).error?.issues[0]?.path, wrong).toEqual(['spoken', 'AdBlue']);
  expect(read({ '': 'nothing' }).success).toBe(false);
});
