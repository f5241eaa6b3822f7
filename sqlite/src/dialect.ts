import {
  CompiledQuery,
  type DatabaseConnection,
  type Dialect,
  type Driver,
  type Kysely,
  type QueryResult,
  SqliteAdapter,
  SqliteIntrospector,
  SqliteQueryCompiler,
} from 'kysely';
import type { OpenFile } from './thread.ts';
import type { Bulk } from './worker.ts';

/** A Kysely dialect over a file on the stores' thread. One connection: a transaction keeps the others waiting, in turn. */
export function dialectOf(file: OpenFile): Dialect {
  return {
    createAdapter: () => new TransactionalAdapter(),
    createDriver: () => new ThreadDriver(file),
    createIntrospector: (db: Kysely<unknown>) => new SqliteIntrospector(db),
    createQueryCompiler: () => new SqliteQueryCompiler(),
  };
}

/** In the place of a statement's parameters: it takes each of these rows, which cross to the thread together. */
export class EachRow {
  readonly rows: Bulk['rows'];
  constructor(rows: Bulk['rows']) {
    this.rows = rows;
  }
}

/**
 * SQLite makes and changes tables in transactions like anything else (sqlite.org/lang_transaction.html); Kysely does not count on it. Without, a
 * power cut in the middle of a migration leaves half of its tables, and the next start finds them in its way.
 */
class TransactionalAdapter extends SqliteAdapter {
  override get supportsTransactionalDdl(): boolean {
    return true;
  }
}

class ThreadConnection implements DatabaseConnection {
  private readonly file: OpenFile;

  constructor(file: OpenFile) {
    this.file = file;
  }

  async executeQuery<R>({ sql, parameters }: CompiledQuery): Promise<QueryResult<R>> {
    const [first] = parameters;
    const { rows, changes, insertId } = await (first instanceof EachRow
      ? this.file.runEach({ sql, rows: first.rows })
      : this.file.run(sql, parameters));
    return {
      rows: rows as R[],
      ...(changes === undefined ? {} : { numAffectedRows: changes }),
      ...(insertId === undefined ? {} : { insertId }),
    };
  }

  // Rows arrive at once from the thread; whoever reads much pages with limit.
  async *streamQuery<R>(query: CompiledQuery): AsyncIterableIterator<QueryResult<R>> {
    yield await this.executeQuery<R>(query);
  }
}

class ThreadDriver implements Driver {
  private readonly connection: ThreadConnection;
  private tail: Promise<void> = Promise.resolve();
  private leave: () => void = () => {};

  constructor(file: OpenFile) {
    this.connection = new ThreadConnection(file);
  }

  async init(): Promise<void> {}

  async acquireConnection(): Promise<DatabaseConnection> {
    const before = this.tail;
    let leave = () => {};
    this.tail = new Promise((resolve) => {
      leave = resolve;
    });
    await before;
    this.leave = leave;
    return this.connection;
  }

  async releaseConnection(): Promise<void> {
    this.leave();
  }

  // `immediate`: the write lock is taken at the start, so a transaction never fails half-way for want of it.
  beginTransaction = () => this.say('begin immediate');
  commitTransaction = () => this.say('commit');

  // After a full disk or an I/O error SQLite has often rolled back by itself, and says so to a second rollback; that is harmless
  // (sqlite.org/lang_transaction.html §2), and must not hide the error that caused it.
  async rollbackTransaction(): Promise<void> {
    await this.say('rollback').catch((error: Error) => {
      if (!error.message.includes('no transaction is active')) throw error;
    });
  }

  async destroy(): Promise<void> {}

  private async say(sql: string): Promise<void> {
    await this.connection.executeQuery(CompiledQuery.raw(sql));
  }
}
