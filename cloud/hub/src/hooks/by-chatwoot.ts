import type { Turn } from '@wayside/contract';
import type { Selectable } from 'kysely';
import type { Ground } from '../store/change.ts';
import type { HookTables } from '../store/hook-tables.ts';
import type { Hand } from './sender.ts';

const patienceMs = 10_000;
const mostTurns = 50;

type About = { family: string | null; urgency: string; topFault: string | null };
type Told = { type: string; subject: string; data: About & { note?: string } };
type Bridge = Selectable<HookTables['bridge']>;

/**
 * Carries cases into a Chatwoot inbox of the kind “API”, by its Client API (developers.chatwoot.com, `public/api/v1/inboxes`): a case is a
 * conversation of a contact of its own, what the person says are its messages. Who adds it sends people's words there; a webhook never does. What is answered there: `answer-back.ts`.
 * @remarks `to` of the hook is the inbox's address, `https://<host>/public/api/v1/inboxes/<identifier>`
 */
export const byChatwoot =
  ({ db }: Pick<Ground, 'db'>, publicUrl: string | undefined): Hand =>
  async ({ id, hook, to, bodyJson }) => {
    const { type, subject: caseId, data } = JSON.parse(bodyJson) as Told;
    const post = (path: string, body: object) => send(`${to.replace(/\/$/, '')}${path}`, body);
    const link = publicUrl === undefined ? caseId : new URL(`#/cases/${encodeURIComponent(caseId)}`, publicUrl).href;
    const known = await db.selectFrom('bridge').selectAll().where('hook', '=', hook).where('case', '=', caseId).executeTakeFirst();
    const bridge = known ?? (await begin());
    const at = `/contacts/${encodeURIComponent(bridge.contact)}/conversations/${bridge.conversation}`;
    const keep = (known: Partial<Pick<Bridge, 'told' | 'status'>>) =>
      db.updateTable('bridge').set(known).where('hook', '=', hook).where('case', '=', caseId).execute();
    const said = data.note === undefined ? await saidSince(bridge) : [{ text: data.note }];
    // Whatever is said opens a conversation there; that it did is no news when it is told us.
    if (said.length > 0 && bridge.status !== 'open') await keep({ status: 'open' });
    for (const [n, { place, text }] of said.entries()) {
      await post(`${at}/messages`, { content: text, echo_id: `${id}-${n}` });
      if (place !== undefined) await keep({ told: place });
    }
    const status = said.length > 0 ? 'open' : bridge.status;
    if (type.includes('.resolved.') && status !== 'resolved') await toggle('resolving', 'resolved');
    if (type.includes('.opened.') && status === 'resolved') await toggle('open', 'open');
    return `conversation ${bridge.conversation}`;

    /** There is only a switch: what it was is kept, so that it is thrown once, and not when the desk there has done so itself. */
    async function toggle(before: string, after: string): Promise<void> {
      await keep({ status: before });
      await post(`${at}/toggle_status`, {});
      await keep({ status: after });
    }

    async function begin(): Promise<Bridge> {
      const { source_id: contact } = await post('/contacts', { identifier: caseId, name: `Wayside ${caseId}` });
      if (typeof contact !== 'string') throw new Error('the contact has no source_id');
      const { id: conversation } = await post(`/contacts/${encodeURIComponent(contact)}/conversations`, {
        custom_attributes: {
          wayside: link,
          urgency: data.urgency,
          ...(data.family ? { family: data.family } : {}),
          ...(data.topFault ? { fault: data.topFault } : {}),
        },
      });
      if (typeof conversation !== 'number') throw new Error('the conversation has no id');
      const row = { hook, case: caseId, contact, conversation, told: 0, status: 'open' };
      await db.insertInto('bridge').values(row).execute();
      return row;
    }

    /** What the person said that was not carried over yet, in order. */
    async function saidSince({ told }: Bridge): Promise<{ place?: number; text: string }[]> {
      const rows = await db
        .selectFrom('turn')
        .innerJoin('case', (join) => join.onRef('case.edge', '=', 'turn.edge').onRef('case.session', '=', 'turn.session'))
        .select(['turn.place', 'turn.turnJson'])
        .where('case.id', '=', caseId)
        .where('turn.by', '=', 'operator')
        .where('turn.place', '>', told)
        .orderBy('turn.place')
        .limit(mostTurns)
        .execute();
      return rows.map(({ place, turnJson }) => ({ place: Number(place), text: (JSON.parse(turnJson) as Turn).text }));
    }
  };

async function send(url: string, body: object): Promise<Record<string, unknown>> {
  const answer = await fetch(url, {
    method: 'POST',
    body: JSON.stringify(body),
    redirect: 'manual',
    signal: AbortSignal.timeout(patienceMs),
    headers: { 'content-type': 'application/json' },
  }).catch((error: Error) => {
    throw new Error(`no answer: ${(error.cause as Error | undefined)?.message ?? error.message}`);
  });
  if (!answer.ok) {
    await answer.body?.cancel();
    throw new Error(`answered ${answer.status}`);
  }
  return (await answer.json().catch(() => ({}))) as Record<string, unknown>;
}
