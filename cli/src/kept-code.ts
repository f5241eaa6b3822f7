import { enableCompileCache, flushCompileCache } from 'node:module';
import { join } from 'node:path';

/**
 * Has Node keep what V8 made of our code, and take it up at the next start: a third of a start goes into making it. It lies beside the program, so that whoever can
 * change the one can change the other; Node and V8 look whether it belongs to this very code, version and processor, and where it does not or cannot be
 * written the code is read as ever (nodejs.org/api/module.html#module-compile-cache).
 */
export const takeKeptCode = (): void => void enableCompileCache(join(import.meta.dirname, '../dist/code'));

/** By then a start is over, and what it ran has not been let go of yet. */
const startedMs = 1_500;

/** Keeps the code of a start that none was kept for: an edge may be ended at any time, and what it keeps at its end has forgotten what the start ran. */
export const keepCode = (): void => void setTimeout(flushCompileCache, startedMs).unref();
