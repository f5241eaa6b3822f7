import { sql } from 'kysely';
import type { Log } from '../log.ts';
import type { Ground } from '../store/change.ts';
import { given } from '../store/many.ts';

const everyMs = 2_000;
const beatMs = 60_000;
const dayMs = 86_400_000;
/** Longer than anybody may ask for (`api/ledger.ts`). */
const keptMs = 400 * dayMs;
/** What is shorter is no interruption: a proxy was restarted, a hub took over from another. */
export const blinkMs = 10_000;

export type HereSpans = { presence(edge: string, here: boolean): void; start(): void; stop(): Promise<void> };

type Span = { edge: string; since: number; until: number };

/**
 * Writes down from when until when each edge held a socket here: what came and went every two seconds, who stays every minute, so that a hub that is
 * killed has said so up to a minute before. Spans of several hubs may lie over each other; who reads them joins them.
 */
export function createHereSpans({ db, now }: Pick<Ground, 'db' | 'now'>, log: Log): HereSpans {
  const here = new Map<string, number>();
  let changed = new Map<string, Span>();
  const note = (span: Span) => void changed.set(`${span.since} ${span.edge}`, span);
  let timer: NodeJS.Timeout | undefined;
  let beatAt = 0;
  let pruned: Promise<unknown> = Promise.resolve();
  let prunedAt = Number.NEGATIVE_INFINITY;

  async function keep(everybody = false): Promise<void> {
    const at = Math.floor(now());
    if (everybody) for (const [edge, since] of here) note({ edge, since, until: at });
    if (changed.size === 0) return;
    const those = changed;
    changed = new Map();
    try {
      await write(db, [...those.values()]);
    } catch (error) {
      for (const [key, span] of those) if (!changed.has(key)) changed.set(key, span);
      log.debug({ err: (error as Error).message }, 'which edges are here could not be kept; it is tried again');
    }
  }

  function look(): void {
    const beat = now() - beatAt >= beatMs;
    if (beat) beatAt = now();
    void keep(beat);
    if (now() - prunedAt >= dayMs) prune();
  }

  function prune(): void {
    prunedAt = now();
    pruned = db
      .deleteFrom('edgeHere')
      .where('until', '<', Math.floor(now()) - keptMs)
      .execute()
      .catch((error: Error) => log.debug({ err: error.message }, 'old spans could not be taken away; it is tried again tomorrow'));
  }

  return {
    presence(edge, isHere) {
      const at = Math.floor(now());
      const since = here.get(edge) ?? at;
      if (isHere) here.set(edge, since);
      else here.delete(edge);
      note({ edge, since, until: at });
    },
    start() {
      beatAt = now();
      prune();
      timer = setInterval(look, everyMs);
      timer.unref();
    },
    async stop() {
      clearInterval(timer);
      await pruned;
      await keep(true);
    },
  };
}

/** A span goes on where one ended a blink before it began; else it is a new one. */
async function write(db: Ground['db'], spans: readonly Span[]): Promise<void> {
  const rows = given(db, {
    columns: { edge: 'text', since: 'bigint', until: 'bigint' },
    rows: spans.map(({ edge, since, until }) => [edge, since, until]),
  });
  await sql`update "edgeHere" set until = given.until from ${rows}
    where "edgeHere".edge = given.edge and "edgeHere".until < given.until and "edgeHere".until >= given.since - ${sql.lit(blinkMs)}`.execute(
    db,
  );
  await sql`insert into "edgeHere" (edge, since, until) select given.edge, given.since, given.until from ${rows}
    where not exists (select 1 from "edgeHere" h where h.edge = given.edge and h.until >= given.since - ${sql.lit(blinkMs)})
    on conflict do nothing`.execute(db);
}
