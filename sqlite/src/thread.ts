import { Worker } from 'node:worker_threads';
import { WaysideError } from '@wayside/protocol';
import type { Answer, Ask } from './worker.ts';

type Rows = { rows: Record<string, unknown>[]; changes?: bigint; insertId?: bigint };
type Waiting = { resolve(rows: Rows): void; reject(error: Error): void };

/** One database file on its own thread. Statements are answered in order. */
export class Thread {
  private readonly worker: Worker;
  private readonly waiting = new Map<number, Waiting>();
  private readonly file: string;
  private next = 0;
  private broken: Error | undefined;

  constructor(file: string) {
    this.file = file;
    this.worker = new Worker(new URL('./worker.ts', import.meta.url), {
      workerData: { file },
      execArgv: ['--disable-warning=ExperimentalWarning'],
    });
    this.worker.on('message', (answer: Answer) => this.settle(answer));
    this.worker.on('error', (error) => this.fail(explain((error as { errcode?: number }).errcode, error.message, file)));
    this.worker.on('exit', () => this.fail(new WaysideError('unavailable', `The store ${file} is closed.`)));
  }

  run(sql: string, params: readonly unknown[] = []): Promise<Rows> {
    if (this.broken) return Promise.reject(this.broken);
    const id = this.next++;
    return new Promise((resolve, reject) => {
      this.waiting.set(id, { resolve, reject });
      this.worker.postMessage({ id, sql, params: params.map(bindable) } satisfies Ask);
    });
  }

  async close(): Promise<void> {
    if (this.broken) return;
    const gone = new Promise<void>((resolve) => this.worker.once('exit', () => resolve()));
    this.worker.postMessage('close');
    await gone;
  }

  private settle(answer: Answer): void {
    const waiting = this.waiting.get(answer.id);
    this.waiting.delete(answer.id);
    if ('error' in answer) waiting?.reject(explain(answer.error.code, answer.error.message, this.file));
    else waiting?.resolve(answer);
  }

  private fail(error: Error): void {
    this.broken ??= error;
    for (const { reject } of this.waiting.values()) reject(this.broken);
    this.waiting.clear();
  }
}

/** SQLite binds no booleans and no undefined. */
function bindable(value: unknown): null | number | bigint | string | Uint8Array {
  if (value === undefined || value === null) return null;
  if (typeof value === 'boolean') return value ? 1 : 0;
  return value as number | bigint | string | Uint8Array;
}

/** SQLite's primary result codes (sqlite.org/rescode.html) in our words. */
function explain(code: number | undefined, message: string, file: string): Error {
  switch ((code ?? 0) & 0xff) {
    case 5:
    case 6:
      return new WaysideError('conflict', `Another process is using ${file}. Stop it, or start with another --data folder.`, {
        cause: message,
      });
    case 13:
      return new WaysideError('storage-full', `The disk that holds ${file} is full. Free some space; nothing acknowledged is lost.`, {
        cause: message,
      });
    case 11:
    case 26:
      return new WaysideError('internal', `The store ${file} is damaged (${message}). Move it aside to start afresh.`, { cause: message });
    case 14:
      return new WaysideError(
        'internal',
        `The store ${file} cannot be opened (${message}). Check that its folder exists and may be written.`,
        { cause: message },
      );
    case 3:
    case 8:
      return new WaysideError(
        'internal',
        `The store ${file} may not be written (${message}). Check the rights of its folder and that its disk is not read-only.`,
        { cause: message },
      );
    case 10:
      return new WaysideError(
        'internal',
        `The disk that holds ${file} answered with an error (${message}). Check the disk and its space.`,
        {
          cause: message,
        },
      );
    default:
      return new Error(`SQLite: ${message}`);
  }
}
