import { Worker } from 'node:worker_threads';

let begun: Worker | undefined;

const make = () => new Worker(new URL('./worker.ts', import.meta.url), { execArgv: ['--disable-warning=ExperimentalWarning'] });

/**
 * Begins the thread that will own the stores before any is opened: it takes as long to be there as a program to load what it needs, and both can go on side by
 * side. Until a store is opened it keeps no process alive.
 */
export function beginWorker(): void {
  begun ??= make();
  begun.unref();
}

/** The thread that was begun, once; else a new one. */
export function takeWorker(): Worker {
  const worker = begun ?? make();
  begun = undefined;
  worker.ref();
  return worker;
}
