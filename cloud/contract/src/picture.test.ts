import { expect, it } from 'vitest';
import { picturesIn } from './picture.ts';

const hash = 'a'.repeat(64);

it('reads the pictures of a text, what they say, and the step each is for', () => {
  const text = `![The "main" switch (red)](sha256:${hash} "belt/off") ![B \\[1\\]](sha256:${hash} "a title") ![C]( sha256:${hash} )`;
  expect(picturesIn(text)).toEqual([
    { hash, alt: 'The "main" switch (red)', at: { procedure: 'belt', step: 'off' } },
    { hash, alt: 'B \\[1\\]' },
    { hash, alt: 'C' },
  ]);
  expect(picturesIn(`![D](sha256:${hash}0) ![E](https://example.com/a.png "belt/off")`)).toEqual([]);
});
