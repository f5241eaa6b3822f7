import { contractVersion, mostAhead, mostPerBatch, type UpKind, type UpRecord, upBodies, upRecord } from '@wayside/contract';
import { explain } from '@wayside/protocol';
import { z } from 'zod';
import { digest } from './digest.ts';

/**
 * A batch as it comes in. Only the numbers must be right: a record that is otherwise not what the contract says is stored as it
 * came and set aside, because refusing the batch would block every record behind it for good.
 */
export type IncomingRecord = { readonly seq: number; readonly [key: string]: unknown };
const isNumbered = (one: unknown): boolean =>
  typeof one === 'object' && one !== null && Number.isSafeInteger((one as IncomingRecord).seq) && (one as IncomingRecord).seq >= 1;
const incomingRecord = z.custom<IncomingRecord>(isNumbered, 'a record has a number, `seq`, from 1');
export const incomingBatch = z.object({
  version: z
    .int()
    .nonnegative()
    .default(contractVersion - 1),
  epoch: z.string().min(1).max(80),
  records: z.array(incomingRecord).max(mostPerBatch),
  ahead: z.array(incomingRecord).max(mostAhead).default([]),
});

/** What an edge may tell, by kind: the body a handler is given has passed its schema. */
export type UpBody<K extends UpKind> = z.infer<(typeof upBodies)[K]>;
export type Understood = { [K in UpKind]: { kind: K; body: UpBody<K> } }[UpKind];

export type ReadRecord = {
  seq: number;
  hash: string;
  /** The record as it came; of one nested too deeply nothing. */
  raw: IncomingRecord | null;
  record: UpRecord | undefined;
  meaning: { ok: true; is: Understood } | { ok: false; reason: string };
};

/** Reads one record: its content hash, and what it means or why it means nothing to us. */
export function readRecord(raw: IncomingRecord): ReadRecord {
  const { seq, ...content } = raw;
  const hash = digest(content);
  if (hash === undefined) {
    return { seq, hash: 'too-deep', raw: null, record: undefined, meaning: { ok: false, reason: 'nested deeper than 64 levels' } };
  }
  const parsed = upRecord.safeParse(raw);
  if (!parsed.success) return { seq, hash, raw, record: undefined, meaning: { ok: false, reason: explain(parsed.error) } };
  return { seq, hash, raw, record: parsed.data, meaning: understand(parsed.data) };
}

function understand({ kind, body }: UpRecord): ReadRecord['meaning'] {
  if (!Object.hasOwn(upBodies, kind)) return { ok: false, reason: `the kind "${kind}" is not known to this hub` };
  const parsed = upBodies[kind as UpKind].safeParse(body);
  if (!parsed.success) return { ok: false, reason: `${kind}: ${explain(parsed.error)}` };
  return { ok: true, is: { kind, body: parsed.data } as Understood };
}
