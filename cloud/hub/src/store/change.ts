import type { Attends, HubEvent, LiveNews } from '../api/types.ts';
import type { Db } from './schema.ts';

/**
 * What others want to hear of a change: the people in the console, those who look at a machine live or have a case open, an edge for which something now waits, or
 * one that is locked out, streams of somebody signed out, and who hands notices over.
 */
export type News =
  | HubEvent
  | LiveNews
  | { event: 'attends'; data: Attends }
  | { event: 'wake'; data: { edge: string } }
  | { event: 'cut'; data: { edge: string } }
  | Out
  | { event: 'delivery'; data: Record<string, never> };
/** Somebody was signed out somewhere. */
export type Out = { event: 'out'; data: { technician: string } };
export type Tell = (news: News) => void;

/** A transaction, and whom to tell once it is committed. */
export type Change = {
  readonly tx: Db;
  readonly tell: Tell;
  readonly now: number;
  /** Waits until no other change has this in hand, and has it until its end. Needed only for what a change shares that does not have all to itself. */
  alone(what: string): Promise<void>;
};

/** Other hubs on the same store: a change waits its turn among theirs, and what it tells is heard there too. */
export type Others = {
  /** @param edges the change touches only what these edges told, and what it has `alone`; without, it has everything to itself */
  enter(tx: Db, edges?: readonly string[]): Promise<void>;
  alone(tx: Db, what: string): Promise<void>;
  /** They hear it when the transaction commits, and only then. */
  tell(tx: Db, news: readonly News[]): Promise<void>;
  /** Only those at this hub hear it. */
  here: Tell;
  /** May the change be done again, since it only was in another's way? */
  isRace(error: unknown): boolean;
};

/** The hub's one store, its clock and the way out for news, to all hubs where there are several: what every room is handed. */
export type Ground = {
  readonly db: Db;
  readonly now: () => number;
  readonly tell: Tell;
  readonly others?: Others | undefined;
  /** What is kept in step with what a change tells, and stored with it. */
  readonly follow?: (tx: Db, news: readonly News[]) => Promise<void>;
  /** How much work a password is, where it is not the usual. */
  readonly passwordWork?: number | undefined;
};

const mostTries = 5;

/**
 * Runs `work` in one transaction, with everything to itself: SQLite lets one writer in at a time, and where several hubs share a store they take
 * turns. What it tells leaves only after the commit, so nobody hears of a change that is not stored; the same news told twice is told once.
 * @param edges when given, changes of other edges go on meanwhile: it touches only what these told, and what it has `alone`
 */
export async function change<T>(ground: Ground, work: (change: Change) => Promise<T>, edges?: readonly string[]): Promise<T> {
  for (let tries = 1; ; tries++) {
    try {
      return await once(ground, work, edges);
    } catch (error) {
      if (tries === mostTries || !ground.others?.isRace(error)) throw error;
    }
  }
}

async function once<T>(
  { db, now, tell, others, follow }: Ground,
  work: (change: Change) => Promise<T>,
  edges?: readonly string[],
): Promise<T> {
  const news = new Map<string, News>();
  const result = await db.transaction().execute(async (tx) => {
    await others?.enter(tx, edges);
    const done = await work({
      tx,
      tell: (one) => news.set(JSON.stringify(one), one),
      now: Math.floor(now()),
      alone: async (what) => others?.alone(tx, what),
    });
    await follow?.(tx, [...news.values()]);
    if (news.size > 0) await others?.tell(tx, [...news.values()]);
    return done;
  });
  for (const one of news.values()) (others?.here ?? tell)(one);
  return result;
}
