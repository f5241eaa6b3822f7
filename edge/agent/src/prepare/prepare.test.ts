import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { packsRoot } from '@wayside/packs';
import { expect, it } from 'vitest';
import { familyIn } from '../dialogue/understand/examples.ts';
import { prepare } from './prepare.ts';

it('keeps what people say of a sign among the examples alone', async () => {
  const { packs, examples } = await prepare(packsRoot, join(tmpdir(), 'no-packs-are-here'));
  const sign = packs.find(({ family }) => family === 'generic')?.observations.chirps;
  expect(sign).toHaveProperty('question');
  expect(sign).not.toHaveProperty('said');
  const said = examples.get(familyIn('generic', 'zh'))?.filter(({ slots }) => slots.observation === 'chirps') ?? [];
  expect(said.length).toBeGreaterThan(6);
});
