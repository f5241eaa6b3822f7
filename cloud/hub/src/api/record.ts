import { createRoute } from '@hono/zod-openapi';
import { WaysideError } from '@wayside/protocol';
import { readTilePath, restoration, writeVkey } from '@wayside/record';
import type { Context } from 'hono';
import { z } from 'zod';
import { readCase } from '../cases/row.ts';
import { logKeyFile } from '../config.ts';
import { caseRecord } from '../record/case-record.ts';
import { createHead } from '../record/head.ts';
import { draftRestoration, readRestorations, takeRestoration } from '../record/restored.ts';
import { readTile } from '../record/tiles.ts';
import { createRoutes, type Doors, done, type Env, json, jsonBody, problems } from './context.ts';
import { caseRecord as caseRecordSchema } from './types.ts';

const text = { 'content-type': 'text/plain; charset=utf-8', 'cache-control': 'no-store' };
const prefix = '/v1/record/log/';

/** The log, read only (c2sp.org/tlog-tiles with this prefix), and how a case stands against it. */
export function recordRoutes({ ground, logKey, config, updates }: Doors) {
  const head = createHead(ground, logKey);
  const file = logKeyFile(config);
  const routes = createRoutes()
    .openapi(
      createRoute({
        method: 'get',
        path: '/v1/cases/{case}/record',
        summary: 'Whether what this hub has of a case is what the edge signed at the time',
        tags: ['record'],
        request: { params: z.object({ case: z.string().min(1).max(64) }) },
        responses: { 200: json(caseRecordSchema, 'How it stands'), ...problems },
      }),
      async (c) => {
        const { edge, session } = await readCase(ground.db, c.req.valid('param').case);
        return c.json(await caseRecord(ground.db, edge, session), 200);
      },
    )
    .openapi(
      createRoute({
        method: 'get',
        path: '/v1/record/restoration',
        summary: 'What an operator is to sign when this hub was put back from an old copy (admins)',
        tags: ['record'],
        request: { query: z.object({ copied: z.coerce.number().int().nonnegative() }) },
        responses: { 200: json(restoration.omit({ by: true, reason: true }), 'Without the reason, which is theirs to give'), ...problems },
      }),
      async (c) => c.json(await draftRestoration(ground, logKey, file, c.req.valid('query').copied), 200),
    )
    .openapi(
      createRoute({
        method: 'post',
        path: '/v1/record/restoration',
        summary: 'The signed word that this hub was put back from an old copy; its log begins anew (admins)',
        tags: ['record'],
        request: { body: jsonBody(restoration) },
        responses: done,
      }),
      async (c) => {
        await takeRestoration(ground, logKey, file, c.req.valid('json'), await updates.operator());
        return c.body(null, 204);
      },
    );
  routes.get(`${prefix}checkpoint`, async (c) => c.body(await head.text(), 200, text));
  routes.get(`${prefix}vkey`, (c) => c.body(`${writeVkey(logKey.key)}\n`, 200, text));
  routes.get(`${prefix}witnesses`, async (c) => c.json({ witnesses: await head.witnesses() }, 200));
  routes.get(`${prefix}restored`, async (c) => c.json({ restored: await readRestorations(ground.db) }, 200));
  routes.get(`${prefix}tile/*`, async (c) => sendTile(c, c.req.path.slice(prefix.length)));
  return routes;

  async function sendTile(c: Context<Env>, path: string): Promise<Response> {
    const tile = readTilePath(path);
    const bytes = tile && (await readTile(ground.db, tile));
    if (!bytes) throw new WaysideError('not-found', `The log has no ${path.slice(0, 80)}.`);
    return c.body(bytes, 200, { 'content-type': 'application/octet-stream' });
  }
}
