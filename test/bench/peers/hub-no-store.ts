/** The hub's way in without its store: who it is, every record read, checked and hashed, and how far it has come; all in memory, nothing kept. */
import { serve } from '@hono/node-server';
import { Hono } from 'hono';
import { createEdgeProof } from '../../../cloud/hub/src/auth/edge-proof.ts';
import { incomingBatch, readRecord } from '../../../cloud/hub/src/sync/read-record.ts';
import { heldOf, signerOf } from '../hub/signing.ts';
import './with-parent.ts';

const owners = new Map(
  Array.from({ length: Number(process.argv[2]) }, (_, n) => {
    const { fingerprint, publicKey } = heldOf(signerOf(n));
    return [fingerprint, { edge: `edge-${n}`, publicKey, expiresAt: Number.POSITIVE_INFINITY }];
  }),
);
const never = async (): Promise<never> => Promise.reject(new Error('nobody renews here'));
const proof = createEdgeProof({ next: never, whose: async (fingerprint) => owners.get(fingerprint) }, Date.now);
const through = new Map<string, number>();
const path = '/v1/sync/up';
const app = new Hono();
app.post(path, async (c) => {
  const known = await proof.know({ method: 'POST', path, query: '', header: (name) => c.req.header(name), peer: undefined }, true);
  if (!known) return c.json({}, 401);
  const { edge } = known;
  const { epoch, records } = incomingBatch.parse(await c.req.json());
  let durableThrough = through.get(`${edge} ${epoch}`) ?? 0;
  for (const { seq, meaning } of records.map(readRecord)) if (meaning.ok && seq === durableThrough + 1) durableThrough = seq;
  through.set(`${edge} ${epoch}`, durableThrough);
  return c.json({ durableThrough, quarantined: [] });
});
serve({ fetch: app.fetch, hostname: '127.0.0.1', port: 0 }, ({ port }) =>
  console.log(JSON.stringify({ url: `http://127.0.0.1:${port}${path}` })),
);
