import { locale, WaysideError } from '@wayside/protocol';
import { z } from 'zod';
import { articleState, caseFilter, type Me } from '../api/types.ts';
import { type Action, can, ofAll } from '../auth/can.ts';
import { tenantOf } from '../auth/tenants.ts';
import { listCases } from '../cases/list.ts';
import { viewCase } from '../cases/view.ts';
import { readFleet } from '../fleet/fleet.ts';
import { listArticles } from '../knowledge/list.ts';
import { viewArticle } from '../knowledge/row.ts';
import { viewerOf } from '../queue/viewer.ts';
import { listIssues } from '../repair/issues.ts';
import type { Ground } from '../store/change.ts';
import type { Db } from '../store/schema.ts';

/** Who asks, and the store as they may see it. */
export type Asker = { me: Me; view: Db; ground: Ground; zone: string; isOnline(edge: string): boolean };

export type Tool<S extends z.ZodRawShape> = {
  name: string;
  title: string;
  about: string;
  input: S;
  read(asker: Asker, asked: z.output<z.ZodObject<S>>): Promise<unknown>;
};

const mostRows = 50;
const mostTurns = 100;

function permit({ me }: Asker, action: Action): void {
  if (!can(me, action)) throw new WaysideError('forbidden', `This is not for a ${me.role} of this desk.`);
}

const tool = <S extends z.ZodRawShape>(one: Tool<S>, action: Action): Tool<S> => ({
  ...one,
  read: async (asker, asked) => {
    permit(asker, action);
    return one.read(asker, asked);
  },
});

/** What may be read by a model, each as the console shows it. None changes anything. */
export const tools = [
  tool(
    {
      name: 'list_cases',
      title: 'Cases',
      about:
        'Cases of the desk in the order in which they should be helped; without a state, all that are open. With words, those that have them all.',
      input: {
        state: caseFilter.shape.state.describe('open, claimed, resolved or snoozed'),
        words: caseFilter.shape.q.describe('who asks, which machine, what is wrong, what was said'),
      },
      async read({ view, ground, me, zone }, { state, words: q }) {
        const { cases, counts, found } = await listCases(view, { state, q, limit: mostRows }, await viewerOf(ground, me, zone));
        return { counts: found ?? counts, cases };
      },
    },
    'case:read',
  ),
  tool(
    {
      name: 'read_case',
      title: 'One case',
      about: 'One case: what was said, likely faults with their evidence, codes, what was done to the machine, what solved cases like it.',
      input: { case: z.string().min(1).max(64).describe('the id of the case') },
      async read({ view, ground, me, zone, isOnline }, { case: id }) {
        const tenant = await tenantOf(ground.db, 'case', id);
        if (tenant === undefined || !can(me, 'case:read', { tenant })) throw new WaysideError('not-found', `There is no case ${id}.`);
        const { handoff, turns, ...rest } = await viewCase(view, id, await viewerOf(ground, me, zone), isOnline);
        // The conversation is in the turns; samples by the thousand tell a model nothing that the evidence does not.
        const { transcript: _, traces: __, ...capsule } = handoff;
        return { ...rest, turns: turns.slice(-mostTurns), handoff: capsule };
      },
    },
    'conversation:read',
  ),
  tool(
    {
      name: 'list_things',
      title: 'Machines',
      about: 'Every edge with its machines: model, firmware, presence and active faults.',
      input: {},
      read: async ({ view, ground, isOnline }) => ({ edges: await readFleet(view, isOnline, ground.now()) }),
    },
    'fleet:read',
  ),
  tool(
    {
      name: 'list_faults',
      title: 'Faults',
      about: 'Active faults of all machines, the likeliest first, and the known issues of whole models.',
      input: { family: z.string().max(64).optional().describe('only of this family of machines, such as vehicle') },
      async read({ view, ground, isOnline }, { family }) {
        const edges = await readFleet(view, isOnline, ground.now());
        const faults = edges.flatMap((edge) =>
          edge.things
            .filter((thing) => family === undefined || thing.family === family)
            .flatMap((thing) => thing.faults.map((fault) => ({ edge: edge.id, thing: thing.id, thingTitle: thing.title, ...fault }))),
        );
        const issues = (await listIssues(view)).filter(
          (one) => one.state === 'published' && (family === undefined || one.family === family),
        );
        return { faults: faults.sort((a, b) => b.probability - a.probability).slice(0, 4 * mostRows), issues: issues.slice(0, mostRows) };
      },
    },
    'fleet:read',
  ),
  tool(
    {
      name: 'search_articles',
      title: 'Articles',
      about: 'Finds articles of the knowledge base by words; those that helped most come first.',
      input: {
        words: z.string().max(200).optional(),
        locale: locale.optional(),
        family: z.string().max(64).optional(),
        state: articleState.optional(),
      },
      async read({ view, ground, me }, { words, ...filter }) {
        // A draft may tell of a case of anybody; what is published is for all.
        const seen = ofAll(me) ? filter : { ...filter, state: 'published' as const };
        return { articles: (await listArticles(view, { ...seen, q: words }, ground.now())).slice(0, mostRows) };
      },
    },
    'article:read',
  ),
  tool(
    {
      name: 'read_article',
      title: 'One article',
      about: 'The text of one article, as Markdown.',
      input: { article: z.string().min(1).max(64), locale },
      async read({ view, ground, me }, { article, locale }) {
        const found = await viewArticle(view, article, locale, ground.now());
        if (found.state !== 'published' && !ofAll(me)) throw new WaysideError('not-found', `There is no article ${article}.`);
        return found;
      },
    },
    'article:read',
  ),
] as unknown as readonly Tool<z.ZodRawShape>[];
