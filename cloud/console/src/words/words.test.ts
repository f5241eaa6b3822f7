import { expect, it } from 'vitest';
import { en } from './en.ts';
import { zh } from './zh.ts';

const flat = (words: object, at = ''): [string, unknown][] =>
  Object.entries(words).flatMap(([key, value]) =>
    typeof value === 'object' ? flat(value, `${at}${key}.`) : [[`${at}${key}`, value] as [string, unknown]],
  );

it('says everything in both languages', () => {
  expect(flat(zh).map(([key]) => key)).toEqual(flat(en).map(([key]) => key));
});

it('has Chinese in every Chinese sentence that is not a name or a key', () => {
  const latin = flat(zh).filter(([, value]) => typeof value === 'string' && !/[\u4e00-\u9fff]/.test(value));
  expect(latin.map(([key]) => key)).toEqual([
    'app.name',
    'shell.language',
    'shell.colon',
    'shell.comma',
    'case.sendHint',
    'hooks.kinds.webhook',
  ]);
});
