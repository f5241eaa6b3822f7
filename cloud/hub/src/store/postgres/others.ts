import { type RawBuilder, sql } from 'kysely';
import type { Others } from '../change.ts';
import { Race } from './explain.ts';
import { batches, say } from './words-between.ts';

/** Any number; all hubs on a database use the same. */
const everything = sql`${sql.lit(0x77617973)}::bigint`;
const key = (what: string): RawBuilder<unknown> => sql`hashtextextended(${what}, 0)`;

/**
 * Turns among hubs, by PostgreSQL's advisory locks: a change has everything to itself, or shares it with those of other edges. Each statement sees
 * what was committed before it (read committed), so who has waited sees what the others did. A deadlock is found by the database, and one of
 * the two goes again.
 */
export const createOthers = (hub: string): Omit<Others, 'here'> => ({
  async enter(tx, edges) {
    if (edges === undefined) await sql`select pg_advisory_xact_lock(${everything})`.execute(tx);
    else {
      await sql`select pg_advisory_xact_lock_shared(${everything})`.execute(tx);
      // All in one order, so that two changes never wait for each other.
      await sql`select pg_advisory_xact_lock(hashtextextended('from ' || edge, 0)) from unnest(cast(${edges.toSorted()} as text[])) as edge`.execute(
        tx,
      );
    }
  },
  async alone(tx, what) {
    await sql`select pg_advisory_xact_lock(${key(what)})`.execute(tx);
  },
  async tell(tx, news) {
    for (const some of batches(news)) await say(tx, { from: hub, news: some });
  },
  isRace: (error) => error instanceof Race,
});
