import { sql } from 'kysely';
import type { Db } from '../store/schema.ts';

/** What somebody showed when they came in, and its hash. */
export type Secret = { secret: string; hash: string };

/**
 * Of many who are in, those whose secret lets them in no more: one question for all sessions, and one more for whoever came with something else.
 * @param welcome whether a secret of any kind lets somebody in
 */
export async function goneAmong<S extends Secret>(
  db: Db,
  those: readonly S[],
  now: number,
  welcome: (secret: string) => Promise<unknown>,
): Promise<ReadonlySet<S>> {
  if (those.length === 0) return new Set();
  const { rows } = await sql<{
    hash: string;
  }>`select value as hash from json_each(${JSON.stringify(those.map(({ hash }) => hash))}) as asked
    where not exists (select 1 from "signedIn" s join technician t on t.id = s.technician where s.hash = asked.value and s."expiresAt" > ${Math.floor(now)})`.execute(
    db,
  );
  const unknown = new Set(rows.map(({ hash }) => hash));
  const doubtful = those.filter(({ hash }) => unknown.has(hash));
  const one = new Map(doubtful.map((each) => [each.hash, each.secret]));
  const stay = new Set<string>();
  for (const [hash, secret] of one) if (await welcome(secret)) stay.add(hash);
  return new Set(doubtful.filter(({ hash }) => !stay.has(hash)));
}
