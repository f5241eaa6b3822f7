import { createRoute } from '@hono/zod-openapi';
import { WaysideError } from '@wayside/protocol';
import { z } from 'zod';
import { type Ledger, ledgerColumns, ledgerLines, readLedger } from '../fleet/ledger.ts';
import { headOf, readBreakdown } from '../insight/breakdown.ts';
import { csvOf } from '../insight/csv.ts';
import type { Db } from '../store/schema.ts';
import { createRoutes, type Doors, json, problems } from './context.ts';
import { breakdown, breakdownOf, ledger } from './types.ts';

const query = z.object({ days: z.coerce.number().int().min(2).max(365).default(28) });
const csv = { 200: { description: 'CSV (RFC 4180)', content: { 'text/csv': { schema: z.string() } } }, ...problems };
const asFile = (name: string) => ({
  'content-type': 'text/csv; charset=utf-8',
  'content-disposition': `attachment; filename="${name}.csv"`,
});

/** How it goes by edge, model, firmware and pack; when each edge's link was down, and what it lost or told late. */
export function ledgerRoutes({ ground, isOnline }: Doors) {
  const of = (db: Db, edge: string, days: number): Promise<Ledger> =>
    readLedger(db, edge, { now: Math.floor(ground.now()), days, online: isOnline(edge) });
  const broken = (db: Db, days: number) => readBreakdown(db, isOnline, Math.floor(ground.now()), days);

  return createRoutes()
    .openapi(
      createRoute({
        method: 'get',
        path: '/v1/fleet/{edge}/ledger',
        summary: 'When its link was down, what it lost, what came late, and what could not be understood',
        tags: ['fleet'],
        request: { params: z.object({ edge: z.string().min(1).max(64) }), query },
        responses: { 200: json(ledger, 'The newest first'), ...problems },
      }),
      async (c) => {
        const { edge } = c.req.valid('param');
        const known = await c.get('view').selectFrom('edge').select('id').where('id', '=', edge).executeTakeFirst();
        if (!known) throw new WaysideError('not-found', `There is no edge ${edge}.`);
        return c.json(await of(c.get('view'), edge, c.req.valid('query').days), 200);
      },
    )
    .openapi(
      createRoute({
        method: 'get',
        path: '/v1/fleet/ledger.csv',
        summary: 'The ledgers of all edges, or of one, for a spreadsheet',
        tags: ['fleet'],
        request: { query: query.extend({ edge: z.string().max(64).optional() }) },
        responses: csv,
      }),
      async (c) => {
        const { days, edge } = c.req.valid('query');
        const edges = await c
          .get('view')
          .selectFrom('edge')
          .select('id')
          .$if(edge !== undefined, (q) => q.where('id', '=', edge as string))
          .orderBy('id')
          .execute();
        const lines: (string | number | null)[][] = [];
        for (const { id } of edges) lines.push(...ledgerLines(await of(c.get('view'), id, days)));
        return c.body(csvOf(ledgerColumns, lines), 200, asFile('ledger'));
      },
    )
    .openapi(
      createRoute({
        method: 'get',
        path: '/v1/insight/breakdown',
        summary: 'Cases, faults and repairs by edge, model, firmware and pack',
        tags: ['insight'],
        request: { query },
        responses: { 200: json(breakdown, 'By what each machine is and runs now, those with the most cases first'), ...problems },
      }),
      async (c) => c.json(headOf(await broken(c.get('view'), c.req.valid('query').days)), 200),
    )
    .openapi(
      createRoute({
        method: 'get',
        path: '/v1/insight/breakdown.csv',
        summary: 'The same for a spreadsheet',
        tags: ['insight'],
        request: { query },
        responses: csv,
      }),
      async (c) => {
        const { by } = await broken(c.get('view'), c.req.valid('query').days);
        const rows = breakdownOf.flatMap((what) =>
          by[what].map((row) => [
            ...[what, row.key, row.family, row.things, row.faulty, row.cases, row.fixed, row.notFixed],
            row.downMs === null ? null : Math.round(row.downMs / 1_000),
          ]),
        );
        const columns = ['by', 'which', 'family', 'machines', 'with faults', 'cases', 'repairs fixed', 'not fixed', 'link down (s)'];
        return c.body(csvOf(columns, rows), 200, asFile('breakdown'));
      },
    );
}
