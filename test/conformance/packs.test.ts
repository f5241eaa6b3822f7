import { readdirSync } from 'node:fs';
import { join } from 'node:path';
import { checkPackBehaviour } from '@wayside/agent';
import { checkPack, checkPackTests, loadPack, packsRoot } from '@wayside/packs';
import { openScenario, replay } from '@wayside/simulators';
import { describe, expect, it } from 'vitest';

const families = readdirSync(packsRoot, { withFileTypes: true }).filter(
  (entry) => entry.isDirectory() && !['src', 'node_modules'].includes(entry.name),
);

describe('the packs that ship', () => {
  it.each(families.map((entry) => entry.name))('%s does what its own tests say', { timeout: 120_000 }, async (family) => {
    const { pack, problems } = await checkPack(join(packsRoot, family));
    expect(problems).toEqual([]);
    if (!pack) return;
    expect(await checkPackTests(pack)).toEqual([]);
    const core = await loadPack(join(packsRoot, 'core'));
    expect(
      await checkPackBehaviour(pack, {
        core,
        play: async (file) => replay({ ...(await openScenario(file)), start: Date.UTC(2026, 0, 1, 12) }),
      }),
    ).toEqual([]);
  });
});
