import { expect, it } from 'vitest';
import { huntNetwork } from './network/hunt.ts';

it('lets no words be lost or doubled by a connection that breaks in the middle of sync (the quick part of npm run prove:network)', async () => {
  const hunt = await huntNetwork([
    ['reset', 'up-answer'],
    ['cut', 'up'],
    ['half-open', 'wake-idle'],
  ]);
  expect(hunt.wrong).toEqual([]);
  expect(hunt.struck).toHaveLength(3);
}, 400_000);
