import type { UpKind } from '@wayside/contract';
import { WaysideError } from '@wayside/protocol';
import type { StateKind, Told } from '../fleet/report.ts';
import type { Change } from '../store/change.ts';
import type { ReadRecord, UpBody } from './read-record.ts';

/**
 * What the rooms make of edges' records, in the transaction that stores them: of what is so now many at once, of what happened one after the other. A returned
 * sentence says why the record is set aside.
 */
export type Effects = {
  // biome-ignore lint/suspicious/noConfusingVoidType: an effect that returns nothing has nothing to object to
  [K in Exclude<UpKind, StateKind>]: (here: Change, edge: string, body: UpBody<K>) => Promise<string | void>;
} & { [K in StateKind]: (here: Change, told: Told<K>) => Promise<void> };

const stateKinds: ReadonlySet<string> = new Set<StateKind>(['thing', 'fault', 'dtc', 'session']);

/** An effect threw: the record is at fault, not the batch. Without a record: one of several, and it is not known which. */
export class EffectFailed extends Error {
  readonly read: ReadRecord | undefined;
  constructor(read: ReadRecord | undefined, cause: unknown) {
    super(`the effect of record ${read?.seq ?? '(one of several)'} failed`, { cause });
    this.read = read;
  }
}

/**
 * Applies records in their order. What only says how it is now waits until something happens, or the end, and is then written together.
 * @param oneByOne nothing waits, so that it is known of what fails which it was
 */
export function createApplying(here: Change, effects: Effects, oneByOne: boolean) {
  const waiting = new Map<StateKind, { edge: string; read: ReadRecord; body: unknown }[]>();

  async function settle(): Promise<void> {
    for (const [kind, told] of waiting)
      await tried(() => effects[kind](here, told as never), told.length === 1 ? told[0]?.read : undefined);
    waiting.clear();
  }

  return {
    /** @returns why it is set aside, if it is */
    async apply(edge: string, read: ReadRecord): Promise<string | undefined> {
      if (!read.meaning.ok) return read.meaning.reason;
      const { kind, body } = read.meaning.is;
      if (stateKinds.has(kind)) {
        const told = waiting.get(kind as StateKind) ?? [];
        told.push({ edge, read, body });
        waiting.set(kind as StateKind, told);
        if (oneByOne) await settle();
        return undefined;
      }
      if (waiting.size > 0) await settle();
      const effect = effects[kind as Exclude<UpKind, StateKind>];
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
