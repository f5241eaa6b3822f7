import type { Db } from '../store/schema.ts';
import type { HubDoor } from './hub.ts';

const key = 'updatesRoot';
const mostBytes = 512_000;

/** Keeps the root (TUF) that came with the enrolment: whoever enrols an edge says whose updates it trusts. Another hub, another root. */
export async function keepTrustedRoot(tx: Db, root: string | undefined): Promise<void> {
  await tx.deleteFrom('meta').where('key', '=', key).execute();
  if (root !== undefined) await tx.insertInto('meta').values({ key, value: root }).execute();
}

/** The root that came with the enrolment, where one did. */
export const keptRoot = async (db: Db): Promise<string | undefined> =>
  (await db.selectFrom('meta').select('value').where('key', '=', key).executeTakeFirst())?.value;

/**
 * The root this edge trusts updates from. One that was enrolled before there were signed updates takes its hub's word for it
 * once, by its own link, and never again.
 */
export async function trustedRoot(db: Db, hub: Pick<HubDoor, 'update'>): Promise<string> {
  const kept = await keptRoot(db);
  if (kept !== undefined) return kept;
  const root = await new Response(limited(await hub.update('root.json'))).text();
  await keepTrustedRoot(db, root);
  return root;
}

function limited(stream: ReadableStream<Uint8Array>): ReadableStream<Uint8Array> {
  let bytes = 0;
  return stream.pipeThrough(
    new TransformStream<Uint8Array, Uint8Array>({
      transform(chunk, to) {
        bytes += chunk.length;
        if (bytes > mostBytes) to.error(new Error('a root is not that large'));
        else to.enqueue(chunk);
      },
    }),
  );
}
