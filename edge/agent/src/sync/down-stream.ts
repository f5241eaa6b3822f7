import { type DownEnvelope, downBodies } from '@wayside/contract';
import { explain } from '@wayside/protocol';
import { failpoint } from '@wayside/sqlite';
import type { Log } from '../log.ts';
import type { Db } from '../store/schema.ts';
import { readCheckpoint, writeCheckpoint } from './checkpoint.ts';

/** What the rooms make of the hub's envelopes, inside the transaction that moves the checkpoint. The returned act runs after the commit. */
export type DownHandlers = {
  [K in keyof typeof downBodies]: (tx: Db, body: ReturnType<(typeof downBodies)[K]['parse']>) => Promise<(() => void) | undefined>;
};

/** How far this edge has come with what the hub has for it. Each act is one transaction, on disk when it resolves. */
export type DownStream = {
  /** The number of the last envelope, and its mark, by which a hub that was put back is known. */
  place(): Promise<{ after: number; mark: number | undefined }>;
  /** Begins from the first again. */
  rewind(): Promise<void>;
  /** The envelope's effect and the place in the stream are one. The returned act is to run after that. */
  take(envelope: DownEnvelope): Promise<(() => void) | undefined>;
};

const checkpoint = 'down';
const mark = 'downMark';

/** The stream as it lies in the edge's store. An envelope that cannot be understood is logged and passed, so that it never blocks those behind it. */
export function downStreamOf(db: Db, handlers: DownHandlers, log: Log): DownStream {
  return {
    async place() {
      const after = await readCheckpoint(db, checkpoint);
      const of = after > 0 ? await readCheckpoint(db, mark) : 0;
      return { after, mark: of > 0 ? of : undefined };
    },
    rewind: () => db.transaction().execute((tx) => writeCheckpoint(tx, checkpoint, 0)),
    take: (envelope) =>
      db.transaction().execute(async (tx) => {
        if (envelope.seq <= (await readCheckpoint(tx, checkpoint))) return undefined;
        const news = await apply(tx, envelope, handlers, log);
        await writeCheckpoint(tx, checkpoint, envelope.seq);
        await writeCheckpoint(tx, mark, envelope.mark ?? envelope.at);
        failpoint('edge.down.applied');
        return news;
      }),
  };
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
