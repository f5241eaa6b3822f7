import { fork } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import { WaysideError } from '@wayside/protocol';
import type { Prepared } from './prepare.ts';
import type { FromPreparing } from './prepare-process.ts';

const script = fileURLToPath(new URL('./prepare-process.ts', import.meta.url));
const patienceMs = 60_000;

/**
 * As `prepare`, in a process of its own that ends when all is ready: the parser of YAML, the checks of every part, the compiler of phrases and
 * what splits Chinese into words take tens of MB, which a process that then serves for months would never get rid of.
 * @throws WaysideError what `prepare` throws; `internal` when the process ends without a word, or has none after a minute
 */
export function prepareApart(root: string, installed: string): Promise<Prepared> {
  return new Promise((resolve, reject) => {
    const child = fork(script, [root, installed], {
      execArgv: ['--disable-warning=ExperimentalWarning'],
      serialization: 'advanced',
      stdio: ['ignore', 'ignore', 2, 'ipc'],
      timeout: patienceMs,
    });
    child.once('message', (message: FromPreparing) => {
      if ('prepared' in message) resolve(message.prepared);
      else reject(new WaysideError(message.refused.code, message.refused.detail));
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
