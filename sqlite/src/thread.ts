import { WaysideError } from '@wayside/protocol';
import { Damaged, explain } from './explain.ts';
import type { Salvaged } from './salvage.ts';
import type { Act, Answer, Ask, Blobs, Bulk, Rows, Statement } from './worker.ts';
import { takeWorker } from './worker-thread.ts';

type Waiting = { file: string; resolve(answer: Rows | Blobs): void; reject(error: Error): void };

type AnswerTo<A extends Act> = A extends { blobs: string } ? Blobs : Rows;

/**
 * The thread on which all stores of this process live. One for all, because each costs 11 MiB; it is there while a store is open.
 * Statements are answered in order.
 */
class Thread {
  private readonly worker = takeWorker();
  private readonly waiting = new Map<number, Waiting>();
  private readonly stores = new Set<number>();
  private next = 0;
  private broken: string | undefined;

  constructor() {
    this.worker.on('message', ({ id, ...answer }: Answer) => {
      const waiting = this.waiting.get(id);
      this.waiting.delete(id);
      if ('error' in answer) waiting?.reject(explain(answer.error.code, answer.error.message, waiting.file));
      else waiting?.resolve(answer);
    });
    this.worker.on('error', (error) => this.fail(`broke down (${error.message})`));
    this.worker.on('exit', () => this.fail('has ended'));
  }

  get usable(): boolean {
    return this.broken === undefined;
  }

  ask<A extends Act>(store: number, file: string, act: A, given: readonly ArrayBuffer[] = []): Promise<AnswerTo<A>> {
    if (this.broken) return Promise.reject(gone(file, this.broken));
    const id = this.next++;
    return new Promise((resolve, reject) => {
      this.waiting.set(id, { file, resolve: resolve as Waiting['resolve'], reject });
      this.worker.postMessage({ id, store, act } satisfies Ask, given);
    });
  }

  async open(file: string): Promise<number> {
    const store = this.next++;
    this.stores.add(store);
    await this.ask(store, file, { open: file }).catch((error) => this.release(store).then(() => Promise.reject(error)));
    return store;
  }

  async close(store: number, file: string): Promise<void> {
    await this.ask(store, file, { close: true });
    await this.release(store);
  }

  /** The thread ends with its last store. */
  private async release(store: number): Promise<void> {
    this.stores.delete(store);
    if (this.stores.size > 0) return;
    this.broken ??= 'is closed';
    await this.worker.terminate();
  }

  private fail(why: string): void {
    this.broken ??= why;
    for (const { file, reject } of this.waiting.values()) reject(gone(file, this.broken));
    this.waiting.clear();
  }
}

const gone = (file: string, why: string) => new WaysideError('unavailable', `The store ${file} cannot be reached: its thread ${why}.`);

let shared: Thread | undefined;

/** Has the stores' thread give back what its work left in memory: for a process at rest, where the next statement may wait for some milliseconds. */
export function restStores(): void {
  if (shared?.usable) shared.ask(nowhere, '', { rest: true }).catch(() => {});
}
/** No store's number. */
const nowhere = -1;

/** A database file that is open on the stores' thread. */
export type OpenFile = {
  /** Runs statements in their order, in one trip and in the transaction that is open or that they open; up to the first that fails. Gives what the last one gave. */
  run(statements: readonly Statement[]): Promise<Rows>;
  /** Runs all rows in one transaction and one trip. Nobody else may hold a transaction meanwhile. */
  runBulk(bulk: readonly Bulk[], given?: readonly ArrayBuffer[]): Promise<void>;
  /** The first column of every row, of which all are blobs; they lie in one buffer, that is handed over instead of copied. */
  readBlobs(sql: string, params: readonly unknown[]): Promise<Blobs>;
  /** Takes over what can still be read of a damaged file. */
  salvage(from: string, withinMs: number): Promise<Salvaged[]>;
  copyTo(file: string): Promise<void>;
  close(): Promise<void>;
};

/**
 * Opens a database file. Rejects with what SQLite said, in our words.
 * @param onDamage told when a page that was sound at the start cannot be read any more
 */
export async function openFile(file: string, onDamage?: (error: Error) => void): Promise<OpenFile> {
  if (!shared?.usable) shared = new Thread();
  const thread = shared;
  const store = await thread.open(file);
  let closing: Promise<void> | undefined;
  const ask = <A extends Act>(act: A, given?: readonly ArrayBuffer[]) =>
    closing
      ? Promise.reject(new WaysideError('unavailable', `The store ${file} is closed.`))
      : watched(thread.ask(store, file, act, given));
  const watched = <T>(answer: Promise<T>): Promise<T> => {
    if (onDamage) answer.catch((error: Error) => error instanceof Damaged && onDamage(error));
    return answer;
  };
  return {
    run: (statements) => ask({ run: statements.map((one) => ('rows' in one ? one : { ...one, params: one.params.map(bindable) })) }),
    runBulk: (bulk, given) => ask({ bulk }, given).then(() => {}),
    readBlobs: (sql, params) => ask({ blobs: sql, params: params.map(bindable) }),
    salvage: async (from, within) => (await ask({ salvage: from, within })).rows as Salvaged[],
    copyTo: (to) => ask({ copy: to }).then(() => {}),
    close: () => {
      closing ??= thread.close(store, file);
      return closing;
    },
  };
}

/** SQLite binds no booleans and no undefined. */
function bindable(value: unknown): null | number | bigint | string | Uint8Array {
  if (value === undefined || value === null) return null;
  if (typeof value === 'boolean') return value ? 1 : 0;
  return value as number | bigint | string | Uint8Array;
}
