import { expect, it } from 'vitest';
import { joinBodies } from './join-bodies.ts';

it('says once what both say, and under its heading what only one says', () => {
  const first = 'It shakes.\n\n## Seen\n\n- P0301\n- Rough idle\n\n## Solved\n\nNew coil.';
  const second = '## Seen\n\n- rough  idle\n- Lamp flashes\n\n## Solved\n\nNew plug.\n\n## Seen on\n\nSeat Leon';
  expect(joinBodies(first, second)).toBe(
    'It shakes.\n\n## Seen\n\n- P0301\n- Rough idle\n- Lamp flashes\n\n## Solved\n\nNew coil.\n\nNew plug.\n\n## Seen on\n\nSeat Leon',
  );
});

it('of a text and itself, or of a text and nothing, is the text', () => {
  const text = 'Before\n\n## A\n\n1. one\n2. two\n   more of two\n\nafter';
  expect(joinBodies(text, text)).toBe(text);
  expect(joinBodies(text, '')).toBe(text);
  expect(joinBodies('', text)).toBe(text);
});
