import { EachRow } from '@wayside/sqlite';
import type { PostgresPool, PostgresPoolClient } from 'kysely';
import pg from 'pg';
import { copy } from './copy.ts';
import { explain } from './explain.ts';
import { fit } from './fit.ts';

/** int8 and numeric: our numbers are whole and below 2⁵³, or need no more digits than a double has. */
const asNumber = new Set([20, 1700]);
const types = {
  getTypeParser: (oid: number, format?: 'text' | 'binary') => (asNumber.has(oid) ? Number : pg.types.getTypeParser(oid, format as 'text')),
} as pg.CustomTypesConfig;

/** How a connection to the hub's database is set up. A hub that froze or lost its network must not keep the others waiting at its locks. */
const settings = [
  'set search_path to main, public',
  'set idle_in_transaction_session_timeout to 60000',
  'set tcp_keepalives_idle to 10',
  'set tcp_keepalives_interval to 5',
  'set tcp_keepalives_count to 3',
].join('; ');

export const clientOf = (url: string): pg.Client =>
  new pg.Client({ connectionString: url, types, keepAlive: true, connectionTimeoutMillis: 5_000 });

/** Connections to the database, as Kysely takes them: values are made fit for PostgreSQL, its errors are told in our words. */
export function createPool(url: string, most: number, onLoss: (error: Error) => void): PostgresPool {
  const pool = new pg.Pool({ connectionString: url, max: most, types, keepAlive: true, connectionTimeoutMillis: 5_000 });
  const clients = new WeakMap<pg.PoolClient, PostgresPoolClient>();
  // Said of one that nobody uses at the moment; whoever asks next gets another.
  pool.on('error', onLoss);
  return {
    options: pool.options,
    end: () => pool.end(),
    async connect() {
      const client = await pool.connect().catch((error) => Promise.reject(explain(error)));
      const known = clients.get(client);
      if (known) return known;
      await client.query(settings).catch((error) => {
        client.release(true);
        throw explain(error);
      });
      const fresh = wrap(client);
      clients.set(client, fresh);
      return fresh;
    },
  };
}

function wrap(client: pg.PoolClient): PostgresPoolClient {
  // While it is in use its loss is told by the query that fails.
  client.on('error', () => {});
  let broken = false;
  const query = async (text: string, values: readonly unknown[]) => {
    try {
      const [first] = values;
      return await (first instanceof EachRow ? copy(client, text, first) : client.query(text, values.map(fit)));
    } catch (error) {
      broken ||= !(error as { severity?: string }).severity || (error as { severity?: string }).severity === 'FATAL';
      throw explain(error);
    }
  };
  return { query: query as unknown as PostgresPoolClient['query'], release: () => client.release(broken) };
}
