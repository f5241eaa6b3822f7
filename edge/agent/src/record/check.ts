import {
  canonical,
  commit,
  type Entry,
  hashOf,
  hashOfText,
  type Key,
  key as keyForm,
  nothing,
  type Seal,
  seal as sealForm,
  signatureHolds,
} from '@wayside/record';
import { nodePrimitives as p } from '@wayside/record/node';
import type { Selectable } from 'kysely';
import type { EdgeSchema } from '../store/schema.ts';
import { nameHolds } from './envelope-name.ts';

type Row<T extends keyof EdgeSchema> = Selectable<EdgeSchema[T]>;
export type EntryRow = Row<'recordEntry'>;
export type BodyRow = Pick<Row<'recordBody'>, 'salt' | 'body'>;

/** What an envelope becomes when what it told of is taken back or erased. */
const instead = ['person', 'erased'];

/**
 * Holds what lies in an edge's store of its record, and of what waits for the hub, against what was signed: what only says again what a signed entry says
 * as well, since that is what is read every day. Keys come first, then seals, then entries in order, then envelopes. Each call returns the first column that
 * does not fit, as `table.column`. What a rescue lost is none; it was said then.
 */
export function createCheck() {
  const keys = new Map<number, Key>();
  const seals = new Map<number, Pick<Seal, 'n' | 'first' | 'count' | 'head'> & { hash: string }>();
  let coming: { n: number; first: number; count: number; head: string }[] | undefined;
  /** Entries whose body is not there, until an erasure or a rescue accounts for them. */
  const bare = new Set<number>();
  let before: { n: number; hash: string } | undefined;
  let rescuedAt = Number.NEGATIVE_INFINITY;

  function key({ n, seals, text }: Row<'recordKey'>): string | undefined {
    const read = keyForm.safeParse(parse(text)).data;
    const by = read && (n === 1 || read.prev === nothing) ? read.key : keys.get(n - 1)?.key;
    if (!read || (by !== undefined && !signatureHolds(p, 'key', read, by)) || canonical(read) !== text) return 'recordKey.text';
    keys.set(n, read);
    if (read.n !== n) return 'recordKey.n';
    return read.seals === seals ? undefined : 'recordKey.seals';
  }

  function seal({ n, text, hash, receipt, witnesses }: Row<'recordSeal'>): string | undefined {
    const read = sealForm.safeParse(parse(text)).data;
    const by = read && keys.get(read.key)?.key;
    if (!read || (by !== undefined && !signatureHolds(p, 'seal', read, by))) return 'recordSeal.text';
    if (hashOfText(p, text) !== hash) return 'recordSeal.hash';
    if (read.n !== n) return 'recordSeal.n';
    seals.set(n, { n, first: read.first, count: read.count, head: read.head, hash });
    const seen = receipt === null ? { witnesses: [] } : parse<{ witnesses: unknown[] }>(receipt);
    return seen?.witnesses?.length === witnesses ? undefined : 'recordSeal.witnesses';
  }

  /** The seal that covers this place; places come in order. */
  function covering(n: number) {
    coming ??= [...seals.values()].sort((a, b) => b.first - a.first);
    while (coming.length > 0 && (coming.at(-1)?.first ?? 0) + (coming.at(-1)?.count ?? 0) <= n) coming.pop();
    const next = coming.at(-1);
    return next && next.first <= n ? next : undefined;
  }

  /** @param kept its body, if it is there */
  function entry(row: EntryRow, kept: BodyRow | undefined): string | undefined {
    if (!kept) bare.add(row.n);
    else if (!commits(kept.salt, kept.body, row.body)) return 'recordBody.body';
    else accountFor(row, kept.body);
    const cover = covering(row.n);
    if (row.entry === null) return row.hash === null && row.seal === null && !cover ? undefined : 'recordEntry.entry';
    const read = parse<Entry>(row.entry);
    if (!read || row.hash === null || hashOfText(p, row.entry) !== row.hash) return 'recordEntry.hash';
    for (const column of ['n', 'id', 'kind', 'at', 'body'] as const) if (read[column] !== row[column]) return `recordEntry.${column}`;
    if ((read.session ?? null) !== row.session) return 'recordEntry.session';
    // A seal that is not here was lost with a part of the store.
    if (cover ? cover.n !== row.seal : row.seal === null || seals.has(row.seal)) return 'recordEntry.seal';
    const ends = cover && row.n === cover.first + cover.count - 1;
    if ((before?.n === row.n - 1 && read.prev !== before.hash) || (ends && cover.head !== row.hash)) return 'recordEntry.entry';
    before = { n: row.n, hash: row.hash };
    return undefined;
  }

  function accountFor({ n, kind, at }: EntryRow, body: string): void {
    if (kind === 'erase') for (const erased of parse<{ erased: number[] }>(body)?.erased ?? []) if (erased < n) bare.delete(erased);
    if (kind !== 'gap' || parse<{ reason: string }>(body)?.reason !== 'damage') return;
    bare.clear();
    rescuedAt = at;
  }

  /** @param of the entry of the same id, if there is one */
  function envelope(row: Row<'outbox'>, of: Pick<EntryRow, 'kind' | 'at' | 'body'> | undefined): string | undefined {
    const body = parse<{ seal?: Seal }>(row.body);
    if (body === undefined || JSON.stringify(body) !== row.body) return 'outbox.body';
    if (of) return insteadOf(row, of);
    if (row.salt !== null) return row.at <= rescuedAt ? undefined : 'outbox.id';
    if (!nameHolds(row)) return 'outbox.id';
    const known = row.kind === 'seal' ? seals.get(body?.seal?.n ?? 0) : undefined;
    return known && hashOf(p, body?.seal) !== known.hash ? 'outbox.body' : undefined;
  }

  function insteadOf(row: Row<'outbox'>, of: Pick<EntryRow, 'kind' | 'at' | 'body'>): string | undefined {
    if (row.at !== of.at) return 'outbox.at';
    if (row.salt === null) return instead.includes(row.kind) ? undefined : 'outbox.salt';
    if (row.kind !== of.kind) return 'outbox.kind';
    return commits(row.salt, canonical(JSON.parse(row.body)), of.body) ? undefined : 'outbox.body';
  }

  /** After the last entry. */
  const end = (): string | undefined => (bare.size > 0 ? 'recordBody.n' : undefined);

  return { key, seal, entry, envelope, end };
}

/** Undefined for what is no JSON, or no object. */
function parse<T extends object>(text: string): T | undefined {
  try {
    const value: unknown = JSON.parse(text);
    return typeof value === 'object' && value !== null ? (value as T) : undefined;
  } catch {
    return undefined;
  }
}

function commits(salt: string, body: string, to: string): boolean {
  try {
    return commit(p, salt, body) === to;
  } catch {
    return false;
  }
}
