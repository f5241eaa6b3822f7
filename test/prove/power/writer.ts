import { openSync, writeSync } from 'node:fs';
import { join } from 'node:path';
import { begin, canonical } from '@wayside/record';
import { nodePrimitives, signerFrom } from '@wayside/record/node';
import { createRandom } from '@wayside/simulators';
import { sealEntries } from '../../../edge/agent/src/record/seal-entries.ts';
import { type KeptTip, writeTip } from '../../../edge/agent/src/record/tip.ts';
import { openEdgeStore } from '../../../edge/agent/src/store/open.ts';
import { enqueue } from '../../../edge/agent/src/sync/outbox.ts';

/**
 * Writes to a real store as an edge does, and says each acknowledgment in a file of its own after the transaction resolved: what is said there must
 * be found after any crash. `node writer.ts FOLDER COUNT SEED`
 */
const [folder, count, seed] = [process.argv[2] as string, Number(process.argv[3]), Number(process.argv[4])];
const random = createRandom(seed, 'power');
const store = await openEdgeStore(join(folder, 'edge.db'), Date.now);
const signer = signerFrom(new Uint8Array(32).fill(7));
const made = begin(nodePrimitives, store.edge, signer, Date.now());
let tip: KeptTip = { ...made.tip, begins: { key: 1, after: 0 }, keyAt: Date.now() };
await writeTip(store.db, tip);
await store.db
  .insertInto('recordKey')
  .values({ n: made.key.n, seals: made.key.seals, text: canonical(made.key) })
  .execute();
const acks = openSync(join(folder, 'acks'), 'a');
for (let i = 0; i < count; i++) {
  const ids: string[] = [];
  await store.db.transaction().execute(async (tx) => {
    const many = 1 + Math.floor(random() * 3);
    for (let k = 0; k < many; k++)
      ids.push(await enqueue(tx, 'seen', { case: `case-${i}`, reply: 'x'.repeat(Math.floor(random() * 3_000)), at: i }, Date.now()));
    if (random() < 0.2) tip = (await sealEntries(tx, tip, signer, Date.now())).tip;
  });
  writeSync(acks, `${ids.join(' ')}\n`);
}
// No goodbye: a store that is closed well is not what is looked at.
process.kill(process.pid, 'SIGKILL');
