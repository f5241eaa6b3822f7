import { type Handoff, titleOf } from '@wayside/contract';
import { sql } from 'kysely';
import { glanceOf } from '../cases/row.ts';
import type { Change } from '../store/change.ts';
import { copiesHoldErased } from '../store/erased-since.ts';
import { emptyEnvelopes } from './erase-envelopes.ts';

/** Why something goes; and what stands in its place. */
export type Why = 'wish' | 'age';
const instead = {
  wish: { en: 'Erased at this person’s wish.', zh: '已按本人要求删除。' },
  age: { en: 'Forgotten: it was older than such things are kept.', zh: '已超过保存期限，已自动清除。' },
};

/**
 * Takes away what an edge told of a person's conversations. `kept-back`: all that no technician was asked about; `erased`: every word, and the
 * name. What stays is that there was something: each record's number and hash, so that the edge's stream has no hole, and of a case the
 * machine's side of it. An article that was drafted from it says nothing of the person, and stays.
 */
export async function eraseFrom(here: Change, edge: string, person: string, how: 'kept-back' | 'erased'): Promise<void> {
  const { tx } = here;
  const cases = await casesAt(here, edge).where('session.person', '=', person).execute();
  const asked = new Set(how === 'kept-back' ? cases.map(({ session }) => session) : []);
  const rows = await tx.selectFrom('session').select('id').where('edge', '=', edge).where('person', '=', person).execute();
  const sessions = rows.map(({ id }) => id).filter((id) => !asked.has(id));
  for (const session of sessions) await eraseSession(here, edge, session);
  const handed = new Set(cases.map(({ session }) => session));
  await emptyEnvelopes(here, { edge, person, sessions: sessions.filter((id) => handed.has(id)) }, instead.wish.en);
  await copiesHoldErased(here);
  if (how === 'kept-back') return;
  await emptyRecords(here, edge, '$.person', person, ['person', 'session', 'consent']);
  await tx
    .updateTable('command')
    .set({ consentJson: sql<string>`json_remove("consentJson", '$.person')` })
    .where('edge', '=', edge)
    .where(sql<string>`json_extract("consentJson", '$.person')`, '=', person)
    .execute();
  for (const one of cases) await emptyCase(here, one, 'wish');
}

/**
 * The same of one conversation, whosever it was: a guest is known by nothing else. Copies of the store keep what was only too old until their turn comes, which
 * is soon: nobody asked for it, and a copy that is put back forgets it again.
 */
export async function eraseOne(here: Change, edge: string, session: string, why: Why = 'wish'): Promise<void> {
  const cases = await casesAt(here, edge).where('case.session', '=', session).execute();
  const went = cases.length > 0 || (why === 'age' && (await isShared(here, edge, session)));
  await eraseSession(here, edge, session);
  if (went) await emptyEnvelopes(here, { edge, sessions: [session] }, instead[why].en);
  for (const one of cases) await emptyCase(here, one, why);
  if (why === 'wish') await copiesHoldErased(here);
}

/** Of a conversation that goes on, what these records told: lines, and cases that are over. */
export async function eraseTold(here: Change, edge: string, session: string, records: readonly Told[]): Promise<void> {
  const { tx } = here;
  const said = (kind: string, name: string) =>
    records
      .filter((one) => one.kind === kind)
      .flatMap(({ bodyJson }) => (JSON.parse(bodyJson) as Record<string, string> | null)?.[name] ?? []);
  const turns = said('turn', 'id');
  await tx
    .deleteFrom('turn')
    .where('edge', '=', edge)
    .where('session', '=', session)
    .where('id', 'in', [...turns, ''])
    .execute();
  for (const { epoch, seq } of records)
    await tx
      .updateTable('upRecord')
      .set({ bodyJson: 'null', salt: null })
      .where('edge', '=', edge)
      .where('epoch', '=', epoch)
      .where('seq', '=', seq)
      .execute();
  const told = new Set(said('handoff', 'case'));
  for (const one of await casesAt(here, edge).where('case.session', '=', session).where('case.state', '=', 'resolved').execute()) {
    if (told.has(one.id)) await emptyCase(here, one, 'age');
    // It is found by what is left of it.
    else here.tell({ event: 'case', data: { case: one.id } });
  }
  const until = Math.max(...records.map(({ receivedAt }) => receivedAt)) + 1;
  await emptyEnvelopes(here, { edge, sessions: [session], before: until }, instead.age.en);
}

/** A record as this hub has it. */
export type Told = { epoch: string; seq: number; kind: string; bodyJson: string; receivedAt: number };

async function isShared({ tx }: Change, edge: string, session: string): Promise<boolean> {
  const row = await tx.selectFrom('session').select('person').where('edge', '=', edge).where('id', '=', session).executeTakeFirst();
  return row !== undefined && row.person !== null;
}

type Handed = { id: string; session: string; handoffJson: string; resolution: string | null };

const casesAt = ({ tx }: Change, edge: string) =>
  tx
    .selectFrom('case')
    .leftJoin('session', (join) => join.onRef('session.id', '=', 'case.session').onRef('session.edge', '=', 'case.edge'))
    .select(['case.id', 'case.session', 'case.handoffJson', 'case.resolution'])
    .where('case.edge', '=', edge);

async function eraseSession(here: Change, edge: string, session: string): Promise<void> {
  const { tx } = here;
  await tx.deleteFrom('turn').where('edge', '=', edge).where('session', '=', session).execute();
  await tx.deleteFrom('session').where('edge', '=', edge).where('id', '=', session).execute();
  await emptyRecords(here, edge, '$.session', session, ['session', 'turn', 'handoff', 'raise']);
}

/** What was said goes, what was written back, how they felt, and what opened the case on their phone; that a machine needed somebody stays. */
async function emptyCase({ tx, tell, now }: Change, one: Handed, why: Why): Promise<void> {
  const erased = instead[why];
  const { person: _, brief: __, ...rest } = JSON.parse(one.handoffJson) as Handoff;
  const bare: Handoff = { ...rest, summary: erased, transcript: [] };
  await tx
    .updateTable('case')
    .set({
      handoffJson: JSON.stringify(bare),
      glanceJson: JSON.stringify(glanceOf(bare)),
      updatedAt: now,
      ...(one.resolution === null ? {} : { resolution: erased.en }),
      snoozedWhy: null,
      mood: null,
      consentsJson: null,
      titleJson: JSON.stringify(titleOf(bare)),
    })
    .where('id', '=', one.id)
    .execute();
  await tx.updateTable('reply').set({ text: erased.en }).where('case', '=', one.id).execute();
  await tx.updateTable('briefing').set({ text: erased.en }).where('case', '=', one.id).execute();
  await tx.updateTable('briefing').set({ answer: erased.en }).where('case', '=', one.id).where('answer', 'is not', null).execute();
  await tx.updateTable('transfer').set({ text: erased.en }).where('case', '=', one.id).execute();
  await tx.deleteFrom('customer').where('case', '=', one.id).execute();
  tell({ event: 'case', data: { case: one.id } });
}

/** A record's body goes; its number and its hash stay. */
async function emptyRecords({ tx }: Change, edge: string, path: '$.session' | '$.person', value: string, kinds: string[]): Promise<void> {
  await tx
    .updateTable('upRecord')
    .set({ bodyJson: 'null', salt: null })
    .where('edge', '=', edge)
    .where('kind', 'in', kinds)
    .where(sql<string>`json_extract("bodyJson", ${path})`, '=', value)
    .execute();
  await tx.deleteFrom('quarantine').where('edge', '=', edge).where('recordJson', 'like', `%"${value}"%`).execute();
}
