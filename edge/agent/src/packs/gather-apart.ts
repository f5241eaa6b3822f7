import { fork } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import type { Loaded } from '@wayside/packs';
import { WaysideError } from '@wayside/protocol';
import type { FromGathering } from './gather-process.ts';

const script = fileURLToPath(new URL('./gather-process.ts', import.meta.url));
const patienceMs = 60_000;

/**
 * As `gatherPacks`, in a process of its own that ends when all is read: the parser of YAML and the checks of every part take 25 MB,
 * which a process that then serves for months would never get rid of.
 * @throws WaysideError what `gatherPacks` throws; `internal` when the process ends without a word, or has none after a minute
 */
export function gatherPacksApart(root: string, installed: string): Promise<Loaded> {
  return new Promise((resolve, reject) => {
    const child = fork(script, [root, installed], {
      execArgv: ['--disable-warning=ExperimentalWarning'],
      serialization: 'advanced',
      stdio: ['ignore', 'ignore', 2, 'ipc'],
      timeout: patienceMs,
    });
    child.once('message', (message: FromGathering) => {
      if ('gathered' in message) resolve(message.gathered);
      else reject(new WaysideError(message.refused.code, message.refused.detail));
    });
    child.once('error', reject);
    // A promise that is settled stays as it is: this is for a process that ended before it said anything.
    child.once('exit', (code, signal) =>
      reject(
        new WaysideError('internal', `The packs in ${root} could not be read: the process that reads them ended (${signal ?? code}).`),
      ),
    );
  });
}
