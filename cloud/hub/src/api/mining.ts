import { createRoute } from '@hono/zod-openapi';
import { z } from 'zod';
import { csvOf } from '../insight/csv.ts';
import { readHelp } from '../insight/help.ts';
import { faultClusters, questionClusters } from '../insight/mine.ts';
import { createRoutes, type Doors, json, problems } from './context.ts';
import { clusters, help } from './types.ts';

const query = z.object({ days: z.coerce.number().int().min(2).max(365).default(28) });
const tags = ['insight'];

/** What keeps coming to the desk, and whether people are helped. */
export function miningRoutes({ ground }: Doors) {
  return createRoutes()
    .openapi(
      createRoute({
        method: 'get',
        path: '/v1/insight/clusters',
        summary: 'What people were handed over with, like to like, and which faults by model and firmware, with how it goes',
        tags,
        request: { query },
        responses: { 200: json(clusters, 'The most frequent first'), ...problems },
      }),
      async (c) => {
        const { days } = c.req.valid('query');
        const now = Math.floor(ground.now());
        const [questions, faults] = await Promise.all([
          questionClusters(c.get('view'), now, days),
          faultClusters(c.get('view'), now, days),
        ]);
        return c.json({ days, questions, faults }, 200);
      },
    )
    .openapi(
      createRoute({
        method: 'get',
        path: '/v1/insight/help',
        summary: 'Whether people are helped: by the agent alone, as the machines confirm, as they say, and by which articles',
        tags,
        request: { query },
        responses: { 200: json(help, 'Counted by case and machine, never by technician'), ...problems },
      }),
      async (c) => c.json(await readHelp(c.get('view'), c.get('me').tenant, ground.now(), c.req.valid('query').days), 200),
    )
    .openapi(
      createRoute({
        method: 'get',
        path: '/v1/insight/days.csv',
        summary: 'Cases opened and resolved on each day, for a spreadsheet',
        tags,
        request: { query },
        responses: { 200: { description: 'CSV (RFC 4180)', content: { 'text/csv': { schema: z.string() } } }, ...problems },
      }),
      async (c) => {
        const { byDay } = await readHelp(c.get('view'), c.get('me').tenant, ground.now(), c.req.valid('query').days);
        const rows = byDay.map(({ day, opened, resolved }) => [day, opened, resolved]);
        return c.body(csvOf(['day', 'opened', 'resolved'], rows), 200, {
          'content-type': 'text/csv; charset=utf-8',
          'content-disposition': 'attachment; filename="days.csv"',
        });
      },
    )
    .openapi(
      createRoute({
        method: 'get',
        path: '/v1/insight/faults.csv',
        summary: 'The faults by model and firmware, for a spreadsheet',
        tags,
        request: { query },
        responses: { 200: { description: 'CSV (RFC 4180)', content: { 'text/csv': { schema: z.string() } } }, ...problems },
      }),
      async (c) => {
        const faults = await faultClusters(c.get('view'), Math.floor(ground.now()), c.req.valid('query').days);
        const columns = [
          'fault',
          'title',
          'title zh',
          'family',
          'maker',
          'model',
          'firmware',
          'cases',
          'newer half',
          'older half',
          'resolved',
          'edges',
        ];
        const rows = faults.map((one) => [
          ...[one.fault, one.title.en, one.title.zh, one.family, one.maker, one.model, one.firmware],
          ...[one.count, one.recent, one.before, one.resolved, one.edges],
        ]);
        return c.body(csvOf(columns, rows), 200, {
          'content-type': 'text/csv; charset=utf-8',
          'content-disposition': 'attachment; filename="faults.csv"',
        });
      },
    );
}
