import type { downBodies } from '@wayside/contract';
import {
  type Checkpoint,
  fromBase64Url,
  type Note,
  type NoteKey,
  type NoteSignature,
  proveInclusion,
  provesInclusion,
  type ReadNode,
  type Receipt,
  readWitnessed,
  receiptHolds,
  toBase64Url,
  writeNote,
  writeVkey,
} from '@wayside/record';
import { nodePrimitives as p } from '@wayside/record/node';
import type { z } from 'zod';
import type { Db } from '../store/schema.ts';
import { readHubLog } from './hub-log.ts';

/** So many receipts are made better at a look. */
const perLook = 100;

/**
 * The hub says that its log holds a seal: kept with the seal when it is true.
 * @returns false when it is not: another seal, or a proof that does not hold
 */
export async function keepReceipt(tx: Db, said: z.infer<(typeof downBodies)['receipt']>): Promise<boolean> {
  const { hash, ...receipt } = said;
  const row = await tx.selectFrom('recordSeal').select('hash').where('n', '=', receipt.seal).executeTakeFirst();
  const pinned = await readHubLog(tx);
  const checkpoint = readWitnessed(p, receipt.checkpoint, receipt.hub, [])?.checkpoint;
  if (row?.hash !== hash || !checkpoint || (pinned && pinned.vkey !== receipt.hub) || !receiptHolds(p, receipt, hash, checkpoint))
    return false;
  const kept: Receipt = { ...receipt, witnesses: [] };
  await tx
    .updateTable('recordSeal')
    .set({ receipt: JSON.stringify(kept), witnesses: 0 })
    .where('n', '=', receipt.seal)
    .execute();
  return true;
}

/** Receipts that fewer witnesses have signed are made anew, the newest first, from the checkpoint that was just witnessed. */
export async function improveReceipts(
  db: Db,
  head: { checkpoint: Checkpoint; hub: NoteKey; note: Note; node: ReadNode; witnesses: { key: NoteKey; signature: NoteSignature }[] },
): Promise<void> {
  const { checkpoint, hub, note, node, witnesses } = head;
  const rows = await db
    .selectFrom('recordSeal')
    .select(['n', 'hash', 'receipt'])
    .where('receipt', 'is not', null)
    .where('witnesses', '<', witnesses.length)
    .orderBy('n', 'desc')
    .limit(perLook)
    .execute();
  const signatures = [
    ...note.signatures.filter(({ id, name }) => id === hub.id && name === hub.name),
    ...witnesses.map(({ signature }) => signature),
  ];
  for (const { n, hash, receipt } of rows) {
    const { index } = JSON.parse(receipt as string) as Receipt;
    if (index >= checkpoint.size) continue;
    const proof = await proveInclusion(p, index, checkpoint.size, node);
    if (!provesInclusion(p, { index, size: checkpoint.size, leaf: fromBase64Url(hash) as Uint8Array, root: checkpoint.root, proof }))
      continue;
    const better: Receipt = {
      seal: n,
      index,
      proof: proof.map(toBase64Url),
      checkpoint: writeNote({ text: note.text, signatures }),
      hub: writeVkey(hub),
      witnesses: witnesses.map(({ key }) => writeVkey(key)),
    };
    await db
      .updateTable('recordSeal')
      .set({ receipt: JSON.stringify(better), witnesses: witnesses.length })
      .where('n', '=', n)
      .execute();
  }
}
