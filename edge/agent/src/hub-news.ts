import type { Turn } from '@wayside/contract';
import { failpoint } from '@wayside/sqlite';
import type { AdviceRoom } from './advice/advice.ts';
import type { Taught } from './dialogue/grammar/taught.ts';
import { addTurn, agreeIn } from './dialogue/session.ts';
import { advance, rateHandoff, reopen } from './escalation/handoffs.ts';
import type { Events } from './events.ts';
import type { Knowledge } from './knowledge/knowledge.ts';
import type { Pictures } from './knowledge/pictures.ts';
import { forgetPieces, keepPiece } from './profiles/past.ts';
import type { People } from './profiles/people.ts';
import type { Repairs } from './repair/repairs.ts';
import type { Rollouts } from './rollout/rollouts.ts';
import type { Db } from './store/schema.ts';
import type { DownHandlers } from './sync/down-stream.ts';
import { enqueue } from './sync/outbox.ts';
import type { Visits } from './visits/visits.ts';

/** What the edge does with the hub's words. The store changes inside the transaction; people are told after it. */
export function createHubNews(
  events: Events,
  knowledge: (tx: Db) => Knowledge,
  repairs: Pick<Repairs, 'learnRate'>,
  advice: Pick<AdviceRoom, 'learnIssue'>,
  people: Pick<People, 'shares' | 'forget'>,
  visits: Pick<Visits, 'called' | 'wished'>,
  rollouts: Pick<Rollouts, 'take'>,
  taught: Pick<Taught, 'learn'>,
  pictures: Pick<Pictures, 'look'>,
  record: Pick<DownHandlers, 'receipt' | 'record-wanted' | 'rolled-back'>,
  now: () => number,
): DownHandlers {
  return {
    async reply(tx, reply) {
      const known = await tx.selectFrom('session').select('id').where('id', '=', reply.session).executeTakeFirst();
      if (!known) return undefined;
      const turn: Turn = {
        id: reply.reply,
        session: reply.session,
        at: reply.at,
        by: 'technician',
        name: reply.by,
        text: reply.text,
        rung: 'human',
        citations: [],
      };
      if (!(await addTurn(tx, turn))) return undefined;
      // What was said to the person is recorded here, whoever said it; the hub knows its own reply again.
      await enqueue(tx, 'turn', turn, now());
      const moved = await advance(tx, reply.case, 'answered', reply.by);
      return () => {
        events.tellSession(reply.session, { event: 'turn', data: turn });
        if (moved) events.tellSession(reply.session, { event: 'handoff', data: moved });
      };
    },

    async case(tx, change) {
      const to = change.state === 'resolved' ? 'resolved' : change.state === 'claimed' ? 'seen' : 'at-hub';
      // The hub's words come in its order: one that is open after it was resolved was opened again.
      const moved =
        (change.state === 'open' && (await reopen(tx, change.case))) ||
        ((await advance(tx, change.case, to, change.by)) ?? (change.rated && (await rateHandoff(tx, change.case, 'elsewhere', now()))));
      return moved ? () => events.tellSession(change.session, { event: 'handoff', data: moved }) : undefined;
    },

    async article(tx, { state, article }) {
      if (state === 'published') await knowledge(tx).put(article, 'hub');
      else await knowledge(tx).withdraw(article.id, article.locale);
      failpoint('edge.article.taken-in');
      return pictures.look;
    },

    async said(tx, turn) {
      const known = await tx.selectFrom('session').select('id').where('id', '=', turn.session).executeTakeFirst();
      if (!known || !(await addTurn(tx, turn))) return undefined;
      await enqueue(tx, 'turn', turn, now());
      return () => events.tellSession(turn.session, { event: 'turn', data: turn });
    },

    async agreed(tx, { session, ...change }) {
      const known = await tx.selectFrom('session').select('id').where('id', '=', session).executeTakeFirst();
      if (known) await agreeIn(tx, session, change, now());
      return undefined;
    },

    visit: (tx, call) => visits.called(tx, call),
    wish: async (_, wish) => visits.wished(wish),
    phrases: (tx, { state, set }) => taught.learn(tx, state, set),
    take: (tx, order) => rollouts.take(tx, order),
    rate: (tx, rate) => repairs.learnRate(tx, rate),
    issue: (tx, { state, issue, bulletin }) => advice.learnIssue(tx, state, issue, bulletin),
    async history(tx, piece) {
      // It may have crossed with the withdrawal of their consent, or they are gone.
      if (people.shares(piece.person)) await keepPiece(tx, piece);
      return undefined;
    },
    async historyGone(tx, { person, edge }) {
      await forgetPieces(tx, person, edge);
      return undefined;
    },
    forget: (tx, gone) => people.forget(tx, gone),
    ...record,
  };
}
