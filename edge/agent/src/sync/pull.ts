import { type Desk, type DownEnvelope, downBodies } from '@wayside/contract';
import { explain } from '@wayside/protocol';
import type { Log } from '../log.ts';
import type { Db } from '../store/schema.ts';
import { readCheckpoint, writeCheckpoint } from './checkpoint.ts';
import type { HubDoor } from './hub.ts';

/** What the rooms make of the hub's envelopes, inside the transaction that moves the checkpoint. The returned act runs after the commit. */
export type DownHandlers = {
  [K in keyof typeof downBodies]: (tx: Db, body: ReturnType<(typeof downBodies)[K]['parse']>) => Promise<(() => void) | undefined>;
};

const checkpoint = 'down';
/** When the last envelope was of, by which a hub that was put back is known. */
const mark = 'downMark';

/**
 * Fetches what the hub has for us and applies each envelope exactly once: its effect and the checkpoint are one transaction.
 * An envelope that cannot be understood is logged and passed, so that it never blocks those behind it.
 */
export async function pull(
  db: Db,
  hub: HubDoor,
  handlers: DownHandlers,
  log: Log,
  onDesk?: (desk: Desk) => Promise<void>,
): Promise<number> {
  let applied = 0;
  for (;;) {
    const after = await readCheckpoint(db, checkpoint);
    const of = after > 0 ? await readCheckpoint(db, mark) : 0;
    const batch = await hub.down(after, 100, of > 0 ? of : undefined);
    if (batch.desk) await onDesk?.(batch.desk);
    if (batch.putBack) {
      if (after === 0) return applied;
      log.warn({ after }, 'the hub was put back to an earlier state: what it has for us is looked through from the first');
      await db.transaction().execute((tx) => writeCheckpoint(tx, checkpoint, 0));
      continue;
    }
    for (const envelope of batch.envelopes) {
      const after = await db.transaction().execute(async (tx) => {
        if (envelope.seq <= (await readCheckpoint(tx, checkpoint))) return undefined;
        const news = await apply(tx, envelope, handlers, log);
        await writeCheckpoint(tx, checkpoint, envelope.seq);
        await writeCheckpoint(tx, mark, envelope.at);
        return news;
      });
      after?.();
      applied++;
    }
    if (!batch.more) return applied;
  }
}

async function apply(tx: Db, envelope: DownEnvelope, handlers: DownHandlers, log: Log): Promise<(() => void) | undefined> {
  const kind = envelope.kind as keyof typeof downBodies;
  const schema = downBodies[kind];
  if (!schema) {
    log.warn({ seq: envelope.seq, kind: envelope.kind }, 'the hub sent a kind this edge does not know yet; passed');
    return undefined;
  }
  const body = schema.safeParse(envelope.body);
  if (!body.success) {
    log.warn({ seq: envelope.seq, kind }, `the hub sent something this edge cannot read; passed: ${explain(body.error)}`);
    return undefined;
  }
  return handlers[kind](tx, body.data as never);
}
