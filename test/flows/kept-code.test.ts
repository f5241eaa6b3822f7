import { execFile } from 'node:child_process';
import { mkdtemp, readdir, readFile, rm, stat, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { promisify } from 'node:util';
import { expect, it } from 'vitest';
import { startEdge } from '../bench/edge-process.ts';
import { program } from '../support/processes.ts';

const run = promisify(execFile);

/** Every file below a folder. */
async function filesIn(folder: string): Promise<string[]> {
  const entries = await readdir(folder, { recursive: true, withFileTypes: true }).catch(() => []);
  return entries.flatMap((entry) => (entry.isFile() ? [join(entry.parentPath, entry.name)] : []));
}

it('lies beside the program once an edge has started, so that the next starts sooner', async () => {
  const folder = await mkdtemp(join(tmpdir(), 'wayside-code-'));
  const edge = await startEdge(folder);
  try {
    await expect.poll(async () => (await filesIn(join(dirname(program), 'code'))).length, { timeout: 20_000 }).toBeGreaterThan(20);
  } finally {
    await edge.stop();
    await rm(folder, { recursive: true });
  }
});

it('is left aside where it is damaged', async () => {
  const folder = await mkdtemp(join(tmpdir(), 'wayside-code-'));
  // Node takes the folder that is given so before the one beside the program.
  const version = async () =>
    (await run(process.execPath, [program, '--version'], { env: { ...process.env, NODE_COMPILE_CACHE: folder } })).stdout;
  try {
    const says = await version();
    const kept = await filesIn(folder);
    expect(kept.length).toBeGreaterThan(2);
    for (const file of kept) {
      const bytes = await readFile(file);
      for (let at = 0; at < bytes.length; at += 97) bytes[at]! ^= 0x55;
      await writeFile(file, bytes);
    }
    expect(await version()).toBe(says);
    for (const file of kept) await writeFile(file, (await readFile(file)).subarray(0, (await stat(file)).size / 2));
    expect(await version()).toBe(says);
  } finally {
    await rm(folder, { recursive: true });
  }
});
