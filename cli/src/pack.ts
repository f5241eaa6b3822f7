import { join } from 'node:path';
import { checkPackBehaviour } from '@wayside/agent';
import { checkPack, checkPackTests, loadPack, type PackProblem, packsRoot, tell } from '@wayside/packs';
import { openScenario, replay } from '@wayside/simulators';

/** Scenarios are played as if they began here, so that a check gives the same result each time. Epoch ms. */
const begin = Date.UTC(2026, 0, 1, 12);

/** `wayside pack check`: every file by its schema, every reference, then the pack's own tests and scenarios. Exit code 1 on any problem. */
export async function check(folders: string[]): Promise<void> {
  const core = await loadPack(join(packsRoot, 'core'));
  for (const folder of folders) {
    const started = performance.now();
    const problems = await problemsOf(folder, core);
    const seconds = ((performance.now() - started) / 1000).toFixed(1);
    if (problems.length === 0) process.stdout.write(`✓ ${folder} passes its check (${seconds} s)\n`);
    else {
      process.stdout.write(`✗ ${tell(folder, problems)}\n`);
      process.exitCode = 1;
    }
  }
}

async function problemsOf(folder: string, core: Awaited<ReturnType<typeof loadPack>>): Promise<PackProblem[]> {
  const { pack, problems } = await checkPack(folder);
  if (!pack) return problems;
  const inTests = await checkPackTests(pack);
  if (inTests.length > 0) return inTests;
  return checkPackBehaviour(pack, {
    core,
    play: async (file) => replay({ ...(await openScenario(file)), start: begin }),
  });
}
