import { cosignatureV1, fromBase64, readVkey, rootAt, signedBy, writeCheckpoint } from '@wayside/record';
import { nodePrimitives as p } from '@wayside/record/node';
import type { Change } from '../store/change.ts';
import type { UpBody } from '../sync/read-record.ts';
import { logSize, nodesOf } from './log.ts';
import type { LogKey } from './log-key.ts';

/** Keeps a witness's signature under a head of the log. The first key an edge signs with is its key from then on. @returns why it is set aside */
export const takeCosignature =
  (logKey: LogKey) =>
  async ({ tx, now }: Change, edge: string, { size, vkey, signature }: UpBody<'cosignature'>): Promise<string | undefined> => {
    const key = readVkey(p, vkey);
    const bytes = fromBase64(signature);
    if (key?.type !== cosignatureV1 || !bytes) return 'it is no signature of a witness';
    const known = await tx.selectFrom('logWitness').select('vkey').where('edge', '=', edge).executeTakeFirst();
    if (known && known.vkey !== vkey) return 'this edge signs with another key than before';
    if (size > (await logSize(tx))) return 'the log was never of this size';
    const text = writeCheckpoint({ origin: logKey.key.name, size, root: await rootAt(p, size, nodesOf(tx)) });
    if (!signedBy(p, { text, signatures: [{ name: key.name, id: key.id, signature: bytes }] }, key))
      return 'the signature is of another log than this';
    await tx
      .insertInto('logWitness')
      .values({ edge, vkey, seenAt: now })
      .onConflict((c) => c.column('edge').doUpdateSet({ seenAt: now }))
      .execute();
    await tx
      .insertInto('logSignature')
      .values({ size, edge, vkey, signature })
      .onConflict((c) => c.columns(['size', 'edge']).doUpdateSet({ signature }))
      .execute();
    return undefined;
  };
