import { describe, expect, it } from 'vitest';
import { huntCommands, plants } from './hunt-commands.ts';

describe('a machine', () => {
  it('is never moved by what nobody had a right to (the quick part of npm run prove:commands)', async () => {
    const hunt = await huntCommands(4_000, 20_260_101);
    expect(hunt.unauthorised).toEqual([]);
    // Nothing is proved where nothing is done.
    expect(hunt.sent).toBeGreaterThan(40);
  }, 120_000);

  it.each(plants)(
    'would be, and the judge would notice, with this gate taken out: %s',
    async (plant) => {
      const { unauthorised } = await huntCommands(20_000, 7, plant);
      expect(unauthorised.length).toBeGreaterThan(0);
    },
    120_000,
  );
});
