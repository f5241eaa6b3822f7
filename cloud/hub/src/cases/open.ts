import { type Handoff, titleOf } from '@wayside/contract';
import { id } from '@wayside/protocol';
import { announce } from '../hooks/announce.ts';
import { type DeskSettings, hoursOf } from '../queue/desk.ts';
import { offerCase } from '../queue/offer.ts';
import { placeOf, promiseOf } from '../queue/place.ts';
import { readRules } from '../queue/rules.ts';
import type { Change } from '../store/change.ts';
import { glanceOf } from './row.ts';
import { insertTurn } from './turns.ts';

const dayMs = 86_400_000;

/**
 * Opens the case of a handoff; the same handoff again changes nothing.
 * @returns why the handoff is set aside, when it is
 */
export async function openCase(here: Change, edge: string, handoff: Handoff, desk: DeskSettings): Promise<string | undefined> {
  const { tx, tell, now } = here;
  if (!id.safeParse(handoff.case).success) return 'handoff: the case id is not 1 to 64 of A-Z a-z 0-9 . _ -';
  const known = await tx.selectFrom('case').select('edge').where('id', '=', handoff.case).executeTakeFirst();
  if (known) return known.edge === edge ? undefined : 'handoff: this case id belongs to another edge';

  for (const turn of handoff.transcript) await insertTurn(here, edge, { ...turn, session: handoff.session });
  const askedAt = plausible(handoff.at, now);
  const top = handoff.faults[0];
  const place = placeOf(handoff);
  await tx
    .insertInto('case')
    .values({
      id: handoff.case,
      edge,
      session: handoff.session,
      state: 'open',
      urgency: handoff.urgency,
      openedAt: askedAt,
      // Where somebody only looks on, nobody waits.
      waitingSince: handoff.attention === 'looks-on' ? null : askedAt,
      updatedAt: now,
      titleJson: JSON.stringify(titleOf(handoff)),
      family: handoff.thing?.family ?? null,
      rule: handoff.rule.id,
      unread: await operatorTurns(here, edge, handoff.session),
      topFault: top?.fault ?? null,
      topFaultTitleJson: top ? JSON.stringify(top.title) : null,
      glanceJson: JSON.stringify(glanceOf(handoff)),
      handoffJson: JSON.stringify(handoff),
      ...place,
      ...promiseOf(handoff.urgency, askedAt, await readRules(tx), hoursOf(desk)),
    })
    .execute();
  const marks = new Map<string, { case: string; kind: string; code: string }>();
  for (const { fault } of handoff.faults) marks.set(`fault ${fault}`, { case: handoff.case, kind: 'fault', code: fault });
  for (const { code, state } of handoff.dtcs) if (state !== 'cleared') marks.set(`dtc ${code}`, { case: handoff.case, kind: 'dtc', code });
  if (marks.size > 0)
    await tx
      .insertInto('caseMark')
      .values([...marks.values()])
      .execute();
  await offerCase(here, handoff.case, place, desk.deskZone);
  await announce(here, 'opened', handoff.case);
  if (handoff.urgency === 'urgent') await announce(here, 'urgent', handoff.case);
  tell({ event: 'case', data: { case: handoff.case } });
  return undefined;
}

/** The edge's clock where it can be right: a handoff may have waited there for the link. Else the moment it came here. */
function plausible(at: number, now: number): number {
  return at <= now && at > now - 30 * dayMs ? at : now;
}

/** What the operator has said since a technician last wrote in this session. */
async function operatorTurns({ tx }: Change, edge: string, session: string): Promise<number> {
  const { count } = await tx
    .selectFrom('turn')
    .select((e) => e.fn.countAll<number>().as('count'))
    .where('edge', '=', edge)
    .where('session', '=', session)
    .where('by', '=', 'operator')
    .where('place', '>', (e) =>
      e
        .selectFrom('turn as t')
        .select((s) => s.fn.coalesce(s.fn.max('t.place'), s.lit(0)).as('last'))
        .where('t.edge', '=', edge)
        .where('t.session', '=', session)
        .where('t.by', '=', 'technician'),
    )
    .executeTakeFirstOrThrow();
  return count;
}
