import { existsSync } from 'node:fs';
import { loadPack, packsRoot } from '@wayside/packs';
import { describe, expect, it } from 'vitest';
import { checkPackBehaviour } from './check-pack.ts';

const at = 1_795_341_600_000;

describe('the check of a pack', async () => {
  const core = await loadPack(`${packsRoot}/core`);

  it('finds nothing wrong with the core pack', async () => {
    expect(await checkPackBehaviour(core, { play: async () => [] })).toEqual([]);
  });

  it.skipIf(!existsSync(`${packsRoot}/vehicle/tests`))('names the fault that a silent scenario fails to show', async () => {
    const vehicle = await loadPack(`${packsRoot}/vehicle`);
    const problems = await checkPackBehaviour(vehicle, { core, play: async () => [{ at, samples: [], dtcs: [] }] });
    expect(problems.find((one) => one.file.includes('scenarios/misfire.yaml'))?.problem).toMatch(
      /must find "misfire-cylinder-1" and finds nothing/,
    );
    expect(problems.filter((one) => one.file.includes('healthy'))).toEqual([]);
  });

  it('names the phrase that means something else', async () => {
    const deaf = { ...core, phrases: {} };
    const problems = await checkPackBehaviour(deaf, { play: async () => [] });
    expect(problems[0]).toMatchObject({ file: 'tests/phrases.yaml', problem: expect.stringMatching(/means nothing and must mean why/) });
  });
});
