import type { UpKind } from '@wayside/contract';
import { WaysideError } from '@wayside/protocol';
import type { StateKind } from '../fleet/report.ts';
import type { Change } from '../store/change.ts';
import type { ReadRecord, UpBody } from './read-record.ts';

/** Many of one kind, in their order. */
export type Told<K extends UpKind> = readonly { edge: string; body: UpBody<K> }[];

/** What is so now, and what was said. */
type ManyKind = StateKind | 'turn';

/**
 * What the rooms make of edges' records, in the transaction that stores them: of what is so now and what was said many at once, of what happened one after the
 * other. A returned sentence says why the record is set aside.
 */
export type Effects = {
  // biome-ignore lint/suspicious/noConfusingVoidType: an effect that returns nothing has nothing to object to
  [K in Exclude<UpKind, ManyKind>]: (here: Change, edge: string, body: UpBody<K>) => Promise<string | void>;
} & { [K in ManyKind]: (here: Change, told: Told<K>) => Promise<void> };

/** In the order in which they are written: what is said in a conversation goes by what is known of it and its thing. */
const manyKinds: readonly string[] = ['thing', 'session', 'fault', 'dtc', 'turn'] satisfies ManyKind[];
/** Told anew, these say something else of what was said before. */
const spokenIn: ReadonlySet<string> = new Set<ManyKind>(['thing', 'session']);

/** An effect threw: the record is at fault, not the batch. Without a record: one of several, and it is not known which. */
export class EffectFailed extends Error {
  readonly read: ReadRecord | undefined;
  constructor(read: ReadRecord | undefined, cause: unknown) {
    super(`the effect of record ${read?.seq ?? '(one of several)'} failed`, { cause });
    this.read = read;
  }
}

/**
 * Applies records in their order. What only says how it is now, and what was said, waits until something happens, or the end, and is then written together.
 * @param oneByOne nothing waits, so that it is known of what fails which it was
 */
export function createApplying(here: Change, effects: Effects, oneByOne: boolean) {
  const waiting = new Map<ManyKind, { edge: string; read: ReadRecord; body: unknown }[]>();

  async function settle(): Promise<void> {
    for (const kind of manyKinds as ManyKind[]) {
      const told = waiting.get(kind) ?? [];
      if (told.length > 0) await tried(() => effects[kind](here, told as never), told.length === 1 ? told[0]?.read : undefined);
    }
    waiting.clear();
  }

  return {
    /** @returns why it is set aside, if it is */
    async apply(edge: string, read: ReadRecord): Promise<string | undefined> {
      if (!read.meaning.ok) return read.meaning.reason;
      const { kind, body } = read.meaning.is;
      if (manyKinds.includes(kind)) {
        if (spokenIn.has(kind) && waiting.has('turn')) await settle();
        const told = waiting.get(kind as ManyKind) ?? [];
        told.push({ edge, read, body });
        waiting.set(kind as ManyKind, told);
        if (oneByOne) await settle();
        return undefined;
      }
      if (waiting.size > 0) await settle();
      const effect = effects[kind as Exclude<UpKind, ManyKind>];
      return (await tried(() => effect(here, edge, body as never), read)) ?? undefined;
    },
    settle,
  };
}

async function tried<T>(act: () => Promise<T>, read: ReadRecord | undefined): Promise<T> {
  try {
    return await act();
  } catch (error) {
    if (isOurs(error)) throw error;
    throw new EffectFailed(read, error);
  }
}

/** A full disk, a disk that fails or a closed store is no record's fault: nothing is stored and the edge comes again. */
function isOurs(error: unknown): boolean {
  if (error instanceof WaysideError) return true;
  const message = error instanceof Error ? error.message : '';
  return /^(SQLite|PostgreSQL):/.test(message) && !/constraint failed|datatype mismatch|cannot store|too big/.test(message);
}
