/** The smallest web service on the same stack: what any Hono program pays before it does anything. */
import { serve } from '@hono/node-server';
import { Hono } from 'hono';
import './with-parent.ts';

const app = new Hono();
app.get('/', (c) => c.text('hello'));
serve({ fetch: app.fetch, hostname: '127.0.0.1', port: 0 }, ({ port }) =>
  console.log(JSON.stringify({ url: `http://127.0.0.1:${port}/` })),
);
