/** The hub's way in without its store: who it is, every record read, checked and hashed, and how far it has come; all in memory, nothing kept. */
import { serve } from '@hono/node-server';
import { Hono } from 'hono';
import { hashOf } from '../../../cloud/hub/src/auth/secret.ts';
import { incomingBatch, readRecord } from '../../../cloud/hub/src/sync/read-record.ts';
import './with-parent.ts';

const edges = new Map(Array.from({ length: Number(process.argv[2]) }, (_, n) => [hashOf(`wse_bench-${n}`), `edge-${n}`]));
const through = new Map<string, number>();
const app = new Hono();
app.post('/', async (c) => {
  const edge = edges.get(hashOf(c.req.header('authorization')?.slice('Bearer '.length) ?? ''));
  if (!edge) return c.json({}, 401);
  const { epoch, records } = incomingBatch.parse(await c.req.json());
  let durableThrough = through.get(`${edge} ${epoch}`) ?? 0;
  for (const { seq, meaning } of records.map(readRecord)) if (meaning.ok && seq === durableThrough + 1) durableThrough = seq;
  through.set(`${edge} ${epoch}`, durableThrough);
  return c.json({ durableThrough, quarantined: [] });
});
serve({ fetch: app.fetch, hostname: '127.0.0.1', port: 0 }, ({ port }) =>
  console.log(JSON.stringify({ url: `http://127.0.0.1:${port}/` })),
);
