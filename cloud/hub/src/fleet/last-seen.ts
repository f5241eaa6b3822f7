import { sql } from 'kysely';
import type { Log } from '../log.ts';
import type { Ground } from '../store/change.ts';
import { given } from '../store/many.ts';

const everyMs = 2_000;

export type LastSeen = { saw(edge: string): void; start(): void; stop(): Promise<void> };

/** When each edge was last here: noted as it happens, kept by one statement every two seconds. A fleet that comes back would cost a commit for each edge. */
export function createLastSeen({ db, now }: Pick<Ground, 'db' | 'now'>, log: Log): LastSeen {
  let seen = new Map<string, number>();
  let timer: NodeJS.Timeout | undefined;

  async function keep(): Promise<void> {
    if (seen.size === 0) return;
    const rows = given(db, { columns: { edge: 'text', at: 'bigint' }, rows: [...seen] });
    seen = new Map();
    await sql`update edge set "lastSeen" = given.at from ${rows} where id = given.edge`
      .execute(db)
      .catch((err: Error) => log.debug({ err: err.message }, 'when edges were last seen could not be kept'));
  }

  return {
    saw: (edge) => void seen.set(edge, Math.floor(now())),
    start() {
      timer = setInterval(() => void keep(), everyMs);
      timer.unref();
    },
    async stop() {
      clearInterval(timer);
      await keep();
    },
  };
}
