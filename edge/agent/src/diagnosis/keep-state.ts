import { setImmediate } from 'node:timers/promises';
import { sql } from 'kysely';
import type { Log } from '../log.ts';
import type { Db, EdgeSchema } from '../store/schema.ts';

/** Raised when a state written before can no longer be read; what was written then is set aside, and learning begins anew. */
export const stateFormat = 3;

/** A thing's state is written at most this often, ms, and what is learned over days less often: a crash costs so much of it. */
const every = { state: 30_000, learned: 10 * 60_000 };
/** One batch holds about so much, bytes, and the next comes after so many ms: neither the loop nor a flash card feels it. The rest waits. */
const batch = { bytes: 256 * 1024, pause: 5_000 };
/** So much, bytes, is taken up at a time, some milliseconds of work: what comes in meanwhile does not wait for the rest. */
const armful = 32 * 1024;
/** What was not renewed for so long, ms, is of a signal or a thing that is no more. */
const forgottenAfter = 90 * 86_400_000;
/** A single state beyond this is a mistake, not a memory. */
const largest = 512 * 1024;
const aside = ' (set aside)';

type Row = EdgeSchema['watchState'];

/** Someone who learns of each thing and must not forget it over a restart. */
export type Learner = {
  changed(): string[];
  /** @param deep also what is learned over days */
  takeLearned(thing: string, deep: boolean): [part: string, state: unknown][];
  /** Goes on from a part. @returns what begins anew, or undefined when the part is another's @throws ZodError when it does not fit */
  recall(thing: string, part: string, state: unknown): string[] | undefined;
};

export type StateKeeper = {
  /** Looks whose states were written before the restart, so that `ready` knows them. */
  find(): Promise<void>;
  /** Takes up the state of a thing, before anything new is heard of it. Undefined when there is none (any more). @throws when it could not be read; asked again it is tried again */
  ready(thing: string): Promise<void> | undefined;
  /** Takes up every state that was found and is not taken up yet, or those of some things. One that cannot be read is set aside and costs only itself. */
  load(of?: ReadonlySet<string>): Promise<void>;
  /** Writes what moved on and is due, those that waited longest first; call it about once a second. */
  beat(now: number): Promise<void>;
  /** Writes all that moved on, whatever its turn. */
  flush(now: number): Promise<void>;
};

/** Keeps what is known of each thing in the edge's store: in batches beside the samples' way, never on it. */
export function createStateKeeper(db: Db, learners: readonly Learner[], log: Log): StateKeeper {
  const changed = () => [...new Set(learners.flatMap((one) => one.changed()))];
  const learned = (thing: string, deep: boolean) => learners.flatMap((one) => one.takeLearned(thing, deep));

  const written = new Map<string, number>();
  const writtenDeep = new Map<string, number>();
  /** States that were found and are not taken up yet, by thing: how many bytes, and who is at it. */
  const found = new Map<string, { bytes: number; taking?: Promise<void> }>();
  let busy: Promise<void> = Promise.resolve();
  let next = Number.NEGATIVE_INFINITY;
  let nextForgetting = Number.NEGATIVE_INFINITY;

  /** Writes as many things as fit into one batch and returns those that did not. */
  async function write(things: readonly string[], now: number, all: boolean): Promise<readonly string[]> {
    const rows: Row[] = [];
    let bytes = 0;
    let taken = 0;
    // What is learned over days is large: one thing's in a batch, so that it does not keep the others waiting.
    let room = all ? Number.POSITIVE_INFINITY : 1;
    for (; taken < things.length && bytes < batch.bytes; taken++) {
      const thing = things[taken]!;
      const deep = room > 0 && (all || now - (writtenDeep.get(thing) ?? now) >= every.learned);
      written.set(thing, now);
      if (deep) room--;
      if (deep || !writtenDeep.has(thing)) writtenDeep.set(thing, now);
      for (const [part, state] of learned(thing, deep)) {
        const text = JSON.stringify(state);
        bytes += text.length;
        if (text.length <= largest) rows.push({ thing, part, format: stateFormat, at: Math.floor(now), state: text });
        else log.error({ thing, part, bytes: text.length }, 'a state is too large to be kept');
      }
    }
    if (rows.length > 0) await db.replaceInto('watchState').values(rows).execute();
    return things.slice(taken);
  }

  const inTurn = (act: () => Promise<void>): Promise<void> => {
    busy = busy.then(act).catch((err) => log.error({ err }, 'what the detectors know could not be kept'));
    return busy;
  };

  async function restore(row: Row): Promise<void> {
    try {
      if (row.format !== stateFormat) throw new Error(`it is of format ${row.format}, and ${stateFormat} is read here`);
      const state: unknown = JSON.parse(row.state);
      let symptoms: string[] | undefined;
      for (const one of learners) symptoms ??= one.recall(row.thing, row.part, state);
      if (symptoms && symptoms.length > 0)
        log.info({ thing: row.thing, part: row.part, symptoms }, 'these detectors have changed: they begin anew');
    } catch (err) {
      log.warn(
        { err: (err as Error).message.slice(0, 500), thing: row.thing, part: row.part },
        'what the detectors knew cannot be read: it is set aside, and they begin anew',
      );
      await db
        .replaceInto('watchState')
        .values({ ...row, part: row.part + aside })
        .execute();
      await db.deleteFrom('watchState').where('thing', '=', row.thing).where('part', '=', row.part).execute();
    }
  }

  async function read(things: readonly string[]): Promise<void> {
    // In this order: what was learned of a signal needs the signal.
    const rows = await db.selectFrom('watchState').selectAll().where('thing', 'in', things).orderBy('thing').orderBy('part').execute();
    for (const row of rows) if (!row.part.endsWith(aside)) await restore(row);
  }

  function take(things: readonly string[]): Promise<void> {
    const taking = read(things).then(
      () => things.forEach((thing) => void found.delete(thing)),
      (error: unknown) => {
        for (const thing of things) delete found.get(thing)?.taking;
        throw error;
      },
    );
    for (const thing of things) found.get(thing)!.taking = taking;
    return taking;
  }

  /** As many things nobody is at as make an armful. */
  function nextArmful(of?: ReadonlySet<string>): string[] {
    const things: string[] = [];
    let room = armful;
    for (const [thing, { bytes, taking }] of found) {
      if (taking || of?.has(thing) === false) continue;
      things.push(thing);
      room -= bytes;
      if (room <= 0) break;
    }
    return things;
  }

  async function find(): Promise<void> {
    const rows = await db
      .selectFrom('watchState')
      .select(['thing', sql<number>`sum(length(state))`.as('bytes')])
      .groupBy('thing')
      .execute();
    for (const { thing, bytes } of rows) found.set(thing, { bytes });
  }

  return {
    find,
    ready(thing) {
      const state = found.get(thing);
      return state && (state.taking ?? take([thing]));
    },
    async load(of) {
      for (let things = nextArmful(of); things.length > 0; things = nextArmful(of)) {
        await take(things);
        await setImmediate();
      }
      await Promise.all([...found.values()].map(({ taking }) => taking));
    },
    beat(now) {
      if (now < next) return busy;
      next = now + batch.pause;
      return inTurn(async () => {
        const due = changed().filter((thing) => now - (written.get(thing) ?? Number.NEGATIVE_INFINITY) >= every.state);
        due.sort((a, b) => (written.get(a) ?? 0) - (written.get(b) ?? 0));
        await write(due, now, false);
        if (now < nextForgetting) return;
        nextForgetting = now + 86_400_000;
        await db
          .deleteFrom('watchState')
          .where('at', '<', now - forgottenAfter)
          .execute();
      });
    },
    flush(now) {
      return inTurn(async () => {
        for (let left: readonly string[] = changed(); left.length > 0; ) left = await write(left, now, true);
      });
    },
  };
}
