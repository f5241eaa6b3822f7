import type { Change } from '../store/change.ts';

/**
 * What is odd about an edge's record. `rolled-back`: it went on from an earlier state, so it was put back or there are two of it. `key-lost`: it
 * began with a key that nothing vouches for. `gap`: what it seals does not join what is
 * here of it. `distrust`: the edge, as a witness, found that this hub's log was changed. `equivocation`: two of its records bear one number.
 * `restored`: it follows its operator's word that the log was put back from an old copy. `loss`: something it had kept is gone.
 */
export type AlarmKind = 'rolled-back' | 'key-lost' | 'gap' | 'distrust' | 'restored' | 'equivocation' | 'loss';

export async function raise({ tx, tell, now }: Change, edge: string, what: AlarmKind, detail: unknown): Promise<void> {
  await tx
    .insertInto('recordAlarm')
    .values({ edge, at: now, what, detailJson: JSON.stringify(detail) } as never)
    .execute();
  tell({ event: 'fleet', data: { edge } });
}
