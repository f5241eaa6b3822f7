import { expect, it } from 'vitest';
import { insertPicture, stepsShown } from './insert-picture.ts';

const hash = 'a'.repeat(64);

it('puts a picture on a line of its own, wherever one stands in the text', () => {
  const picture = { hash, alt: 'The valve' };
  expect(insertPicture('Before.\nAfter.', 7, picture)).toBe(`Before.\n\n![The valve](sha256:${hash})\n\nAfter.`);
  expect(insertPicture('', 0, picture)).toBe(`![The valve](sha256:${hash})\n`);
  expect(insertPicture('All.', 4, picture)).toBe(`All.\n\n![The valve](sha256:${hash})\n`);
});

it('says what somebody wrote of it, whatever is in that', () => {
  expect(insertPicture('', 0, { hash, alt: ' [a]\n\\b](x ' })).toBe(`![\\[a\\] \\\\b\\](x](sha256:${hash})\n`);
});

it('names the step it is for, which then has its picture', () => {
  const text = insertPicture('', 0, { hash, alt: 'The "main" switch (red)', step: 'belt/off' });
  expect(text).toBe(`![The "main" switch (red)](sha256:${hash} "belt/off")\n`);
  expect([...stepsShown(`${text}![A](sha256:${hash} "a title")`)]).toEqual(['belt/off']);
});
