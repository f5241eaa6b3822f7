import { expect, it } from 'vitest';
import { huntRot } from './rot/hunt.ts';

it('a bit that flips in what an edge has sealed changes nothing or is noticed (the quick part of npm run prove:rot)', async () => {
  const { silent, harmless, bySqlite, byRecord } = await huntRot(150, 1);
  expect(silent).toEqual({});
  expect(byRecord).toBeGreaterThan(10);
  expect(harmless + bySqlite + byRecord).toBeLessThanOrEqual(150);
});
