import { WaysideError } from '@wayside/protocol';
import { later } from '@wayside/sqlite';
import type { TurnAnswered } from '../api/types.ts';
import type { Db } from '../store/schema.ts';
import { enqueue, recordHere } from '../sync/outbox.ts';
import type { Responded } from './respond-types.ts';
import type { Session } from './session.ts';

/** What was answered to this turn when it came the first time. Throws `conflict` when the id is another conversation's. */
export async function answeredBefore(db: Db, id: string, session: string): Promise<TurnAnswered | undefined> {
  const row = await db.selectFrom('turn').select(['session', 'answered']).where('id', '=', id).executeTakeFirst();
  if (!row) return undefined;
  if (row.session !== session || !row.answered) throw new WaysideError('conflict', `Turn ${id} is already somebody else's. Use a new id.`);
  return JSON.parse(row.answered) as TurnAnswered;
}

/** A rule of the policy had an effect, whatever became of it. */
export function recordEffect(
  tx: Db,
  { id, onlyHere }: Session,
  turn: string,
  { rule, effect }: NonNullable<Responded['handoff']>,
  at: number,
) {
  const body = { session: id, turn, rule: rule.id, effect, measures: rule.measures, at };
  return (onlyHere ? recordHere : enqueue)(tx, 'policy', body, at);
}

/** What the turn taught: what the person saw, which step was tried. */
export async function keepLearned(
  tx: Db,
  session: string,
  { observations, stepTried }: Pick<Responded, 'observations' | 'stepTried'>,
  at: number,
): Promise<void> {
  for (const { observation, answer, thing } of observations) {
    const row = { answer, at, session };
    await later(
      tx,
      tx
        .insertInto('observation')
        .values({ thing, observation, ...row })
        .onConflict((c) => c.columns(['thing', 'observation']).doUpdateSet(row)),
    );
  }
  if (stepTried) await later(tx, tx.insertInto('stepTried').values({ session, at, ...stepTried }));
}

/** Where the conversation stands. */
export const keepState = (tx: Db, session: string, state: Session['state']): Promise<void> =>
  later(
    tx,
    tx
      .updateTable('session')
      .set({ state: JSON.stringify(state), thing: state.thing ?? null })
      .where('id', '=', session),
  );

/** What was answered, for whoever asks the same again. */
export const keepAnswered = (tx: Db, turn: string, answered: TurnAnswered): Promise<void> =>
  later(
    tx,
    tx
      .updateTable('turn')
      .set({ answered: JSON.stringify(answered) })
      .where('id', '=', turn),
  );
