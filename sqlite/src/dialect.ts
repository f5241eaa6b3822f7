import {
  type Compilable,
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
import type { Bulk, Statement } from './worker.ts';

/** A Kysely dialect over a file on the stores' thread. One connection: a transaction keeps the others waiting, in turn. */
export function dialectOf(file: OpenFile): Dialect {
  return {
    createAdapter: () => new TransactionalAdapter(),
    createDriver: () => new ThreadDriver(file),
    createIntrospector: (db: Kysely<unknown>) => new SqliteIntrospector(db),
    createQueryCompiler: () => new SqliteQueryCompiler(),
  };
}

/** In the place of a statement's parameters: it takes each of these rows, which cross to the thread together. `along`: as `later` has it. */
export class EachRow {
  readonly rows: Bulk['rows'];
  readonly along: boolean;
  constructor(rows: Bulk['rows'], along = false) {
    this.rows = rows;
    this.along = along;
  }
}

/** In the place of a statement's parameters: it may go along with the next one. */
class Later {
  readonly parameters: readonly unknown[];
  constructor(parameters: readonly unknown[]) {
    this.parameters = parameters;
  }
}

/**
 * Has a statement of a transaction go to the thread along with the next one that is waited for, with the commit at the latest: for a change whose outcome
 * nobody looks at. What is wrong with it is said there, and nothing of the transaction is kept. Outside a transaction it is done at once.
 */
export async function later(tx: Pick<Kysely<never>, 'executeQuery'>, statement: Compilable): Promise<void> {
  const { sql, parameters } = statement.compile();
  await tx.executeQuery(CompiledQuery.raw(sql, [new Later(parameters)]));
}

/** So many statements go along at most. */
const mostAlong = 100;

/**
 * SQLite makes and changes tables in transactions like anything else (sqlite.org/lang_transaction.html); Kysely does not count on it. Without, a
 * power cut in the middle of a migration leaves half of its tables, and the next start finds them in its way.
 */
class TransactionalAdapter extends SqliteAdapter {
  override get supportsTransactionalDdl(): boolean {
    return true;
  }
}

const begin: Statement = { sql: 'begin immediate', params: [] };

class ThreadConnection implements DatabaseConnection {
  private readonly file: OpenFile;
  private inTransaction = false;
  /** What goes along with the next statement. */
  private along: Statement[] = [];

  constructor(file: OpenFile) {
    this.file = file;
  }

  async executeQuery<R>({ sql, parameters }: CompiledQuery): Promise<QueryResult<R>> {
    const [first] = parameters;
    const isLater = first instanceof Later;
    this.along.push(first instanceof EachRow ? { sql, rows: first.rows } : { sql, params: isLater ? first.parameters : parameters });
    const mayWait = isLater || (first instanceof EachRow && first.along);
    if (mayWait && this.inTransaction && this.along.length < mostAlong) return { rows: [] };
    const { rows, changes, insertId } = await this.file.run(this.along.splice(0));
    return {
      rows: rows as R[],
      ...(changes === undefined ? {} : { numAffectedRows: changes }),
      ...(insertId === undefined ? {} : { insertId }),
    };
  }

  // `immediate`: the write lock is taken at the start, so a transaction never fails half-way for want of it.
  begin(): void {
    this.along.push(begin);
    this.inTransaction = true;
  }

  async end(how: 'commit' | 'rollback'): Promise<void> {
    this.inTransaction = false;
    const hasBegun = !this.along.includes(begin);
    if (how === 'rollback') this.along = [];
    if (hasBegun || how === 'commit') await this.executeQuery(CompiledQuery.raw(how));
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

  beginTransaction = async () => this.connection.begin();
  commitTransaction = () => this.connection.end('commit');

  // After a full disk or an I/O error SQLite has often rolled back by itself, and says so to a second rollback; that is harmless
  // (sqlite.org/lang_transaction.html §2), and must not hide the error that caused it.
  async rollbackTransaction(): Promise<void> {
    await this.connection.end('rollback').catch((error: Error) => {
      if (!error.message.includes('no transaction is active')) throw error;
    });
  }

  async destroy(): Promise<void> {}
}
