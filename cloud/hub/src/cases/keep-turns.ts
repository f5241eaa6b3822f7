import { sql } from 'kysely';
import { keepUses } from '../knowledge/uses.ts';
import { spread } from '../people/keep.ts';
import type { Change } from '../store/change.ts';
import { given, insertMany } from '../store/many.ts';
import type { Told } from '../sync/apply.ts';
import { keepTurn } from './turns.ts';

const columns = { edge: 'text', session: 'text', id: 'text', by: 'text', text: 'text', turnJson: 'text' } as const;
const keyOf = (edge: string, session: string): string => `${edge}\n${session}`;

/**
 * Turns told by edges, in their order: part of their conversations. Most of them, after a month without a hub nearly all, are of conversations that
 * nobody here follows: these are written together.
 */
export async function keepTurns(here: Change, told: Told<'turn'>): Promise<void> {
  const followed = await followedAmong(here, told);
  const isFollowed = ({ edge, body }: Told<'turn'>[number]) => followed.has(keyOf(edge, body.session));
  const alone = told.filter((one) => !isFollowed(one));
  const rows = alone.map(({ edge, body }) => [edge, body.session, body.id, body.by, body.text, JSON.stringify(body)]);
  await insertMany(here.tx, 'turn', { columns, rows }, ['edge', 'session', 'id'], 'old');
  for (const { edge, body } of alone) await keepUses(here, edge, body);
  for (const { edge, body } of told.filter(isFollowed)) {
    await keepTurn(here, edge, body);
    await spread(here, edge, body.session, [body]);
  }
}

/** The conversations of which a technician or another edge wants to hear: there is a case, or it is known whose they are. */
async function followedAmong({ tx }: Change, told: Told<'turn'>): Promise<Set<string>> {
  const sessions = new Map(told.map(({ edge, body }) => [keyOf(edge, body.session), [edge, body.session]]));
  const asked = given(tx, { columns: { edge: 'text', session: 'text' }, rows: [...sessions.values()] });
  const { rows } = await sql<{ edge: string; session: string }>`select given.edge, given.session from ${asked}
    where exists (select 1 from "case" c where c.edge = given.edge and c.session = given.session)
    or exists (select 1 from session s where s.edge = given.edge and s.id = given.session and s.person is not null)`.execute(tx);
  const followed = rows.map(({ edge, session }) => keyOf(edge, session));
  const answered = told.filter(({ body }) => body.by === 'technician').map(({ edge, body }) => keyOf(edge, body.session));
  return new Set([...followed, ...answered]);
}
