/** A bare Hono route that stores one row durably through the same SQLite store as the edge: what an answer costs before any thought. */
import { join } from 'node:path';
import { serve } from '@hono/node-server';
import { openStore } from '@wayside/sqlite';
import { Hono } from 'hono';
import './with-parent.ts';

const store = await openStore<{ said: { id: number; text: string } }>(join(process.argv[2]!, 'rows.db'), {
  '001-first': {
    up: (db) =>
      db.schema
        .createTable('said')
        .addColumn('id', 'integer', (c) => c.primaryKey())
        .addColumn('text', 'text')
        .execute(),
  },
});
const app = new Hono();
app.post('/', async (c) => {
  const { text } = await c.req.json<{ text: string }>();
  await store.db
    .insertInto('said')
    .values({ text } as never)
    .execute();
  return c.json({ text });
});
serve({ fetch: app.fetch, hostname: '127.0.0.1', port: 0 }, ({ port }) =>
  console.log(JSON.stringify({ url: `http://127.0.0.1:${port}/` })),
);
process.once('SIGTERM', () => store.close().then(() => process.exit(0)));
