import { canonical, readRestoration, restoration } from '@wayside/record';
import { nodePrimitives as p } from '@wayside/record/node';
import { z } from 'zod';
import type { Log } from '../log.ts';
import type { Db } from '../store/schema.ts';
import type { HubDoor } from '../sync/hub.ts';
import { enqueue } from '../sync/outbox.ts';
import { endHubLog, type HubLog } from './hub-log.ts';

/** Are these the keys (Ed25519, base64url) of the operator whose updates this edge trusts, and enough of them? */
export type OperatorSays = (keys: readonly string[]) => Promise<boolean>;

const answer = z.object({ restored: z.array(restoration).max(64) });

/**
 * A hub that was put back from an old copy has another log than this edge has signed for, for ever. Its operator can say so: then, and only then, this
 * edge follows the new log. What it knew of the old one is kept as evidence and told, and what may be lost of its own is sent again.
 * @param pinned the log this edge knew
 * @returns whether there was something to follow
 */
export async function followRestoration(
  pinned: HubLog,
  parts: {
    db: Db;
    hub: HubDoor;
    now: () => number;
    log: Log;
    operatorSays: OperatorSays;
    resend(tx: Db, kept: number): Promise<void>;
  },
): Promise<boolean> {
  const { db, hub, now, log } = parts;
  const told = answer.safeParse(JSON.parse(new TextDecoder().decode(await hub.log('restored')))).data?.restored;
  const said = told?.find(({ old }) => old === pinned.vkey);
  const read = said && readRestoration(p, said);
  if (!said || !read) return false;
  if (!(await parts.operatorSays(read.by))) {
    log.error(
      { hub: hub.url, by: read.by },
      'it is said that the log of the hub was put back from a copy, but not by its operator; this edge does not follow it',
    );
    return false;
  }
  log.warn(
    { hub: hub.url, lost: read.lost, reason: said.reason },
    'the log of the hub was put back from an old copy, as its operator says; this edge follows it',
  );
  const what =
    'the log of the hub was put back from an old copy and begun anew, as its operator says; this edge keeps what it knew of the old one';
  await db.transaction().execute(async (tx) => {
    await endHubLog(tx, pinned, said);
    await enqueue(tx, 'alarm', { what, at: Math.floor(now()), seen: { before: pinned.checkpoint, restored: canonical(said) } }, now());
    await parts.resend(tx, said.kept);
  });
  return true;
}
