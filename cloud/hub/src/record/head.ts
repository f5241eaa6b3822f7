import { fromBase64, readVkey } from '@wayside/record';
import { nodePrimitives as p } from '@wayside/record/node';
import type { Ground } from '../store/change.ts';
import { logSize, signHead } from './log.ts';
import type { LogKey } from './log-key.ts';

/** A head is replaced when the log has grown and all who watch it have signed, or after so long. */
const shownForMs = 60_000;
/** A witness that has not signed for so long is not waited for. */
const absentAfterMs = 5 * 60_000;

/** The head the hub shows to everybody: it stays a while, so that many witnesses sign the same one. */
export function createHead({ db, now }: Ground, key: LogKey) {
  let shown: { size: number; at: number } | undefined;

  async function signatures(size: number) {
    const rows = await db.selectFrom('logSignature').selectAll().where('size', '=', size).execute();
    return rows.flatMap(({ vkey, signature }) => {
      const by = readVkey(p, vkey);
      const bytes = fromBase64(signature);
      return by && bytes ? [{ name: by.name, id: by.id, signature: bytes }] : [];
    });
  }

  return {
    /** The checkpoint with every witness's signature under it. */
    async text(): Promise<string> {
      const size = await logSize(db);
      if (shown && size > shown.size) {
        const signed = new Set((await signatures(shown.size)).map(({ name }) => name));
        const watching = await db
          .selectFrom('logWitness')
          .select('vkey')
          .where('seenAt', '>', Math.floor(now()) - absentAfterMs)
          .execute();
        const all = watching.every(({ vkey }) => signed.has(vkey.split('+')[0] as string));
        if (all || now() - shown.at >= shownForMs) shown = undefined;
      }
      shown ??= { size, at: now() };
      return signHead(db, key, shown.size, await signatures(shown.size));
    },
    witnesses: async () => (await db.selectFrom('logWitness').select('vkey').execute()).map(({ vkey }) => vkey),
  };
}
