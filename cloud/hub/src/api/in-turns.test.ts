import { setTimeout as pause } from 'node:timers/promises';
import { expect, it } from 'vitest';
import { createTurns } from './in-turns.ts';

it('a crowd is let in a few at a time, in its order, and others are served in between; who comes alone does not wait', async () => {
  const done: string[] = [];
  const turns = createTurns(async (one: string) => {
    done.push(one);
  });
  turns.add('alone');
  expect(done).toEqual(['alone']);
  const crowd = Array.from({ length: 100 }, (_, n) => String(n));
  for (const one of crowd) turns.add(one);
  let served = 0;
  while (turns.waiting() > 0) {
    await pause(1);
    served++;
  }
  expect(done).toEqual(['alone', ...crowd]);
  expect(served).toBeGreaterThan(3);
});
