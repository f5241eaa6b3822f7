import { fork } from 'node:child_process';
import { readFile, rm } from 'node:fs/promises';
import { fileURLToPath } from 'node:url';
import { deserialize } from 'node:v8';
import { WaysideError } from '@wayside/protocol';
import type { Prepare, Prepared } from './prepare.ts';
import type { FromPreparing } from './prepare-process.ts';

const script = fileURLToPath(new URL('./prepare-process.ts', import.meta.url));
const patienceMs = 60_000;

/**
 * As `prepare`, in a process of its own that ends when all is ready: the parser of YAML, the checks of every part, the compiler of phrases and
 * what splits Chinese into words take tens of MB, which a process that then serves for months would never get rid of.
 * @param through the file it is handed over in, which is gone afterwards: a message comes in pieces of 64 KiB, and what malloc gave out meanwhile lies
 * beyond them and keeps their 4 MB from the system for good. Where it cannot be written, it comes as a message.
 * @throws WaysideError what `prepare` throws; `internal` when the process ends without a word, or has none after a minute
 */
export const prepareApart =
  (through: string): Prepare =>
  async (root, installed) => {
    try {
      const told = await runApart(through, root, installed);
      return 'prepared' in told ? told.prepared : (deserialize(await readFile(through)) as Prepared);
    } finally {
      await rm(through, { force: true });
    }
  };

function runApart(through: string, root: string, installed: string): Promise<Exclude<FromPreparing, { refused: unknown }>> {
  return new Promise((resolve, reject) => {
    const child = fork(script, [root, installed, through], {
      execArgv: ['--disable-warning=ExperimentalWarning'],
      serialization: 'advanced',
      stdio: ['ignore', 'ignore', 2, 'ipc'],
      timeout: patienceMs,
    });
    child.once('message', (message: FromPreparing) => {
      if ('refused' in message) reject(new WaysideError(message.refused.code, message.refused.detail));
      else resolve(message);
    });
    child.once('error', reject);
    // A promise that is settled stays as it is: this is for a process that ended before it said anything.
    child.once('exit', (code, signal) =>
      reject(
        new WaysideError('internal', `The packs in ${root} could not be made ready: the process that does so ended (${signal ?? code}).`),
      ),
    );
  });
}
