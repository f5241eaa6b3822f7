import { newId } from '@wayside/protocol';
import type { z } from 'zod';
import type { taken } from '../api/hook-types.ts';
import type { Me } from '../api/types.ts';
import { everybody } from '../auth/can.ts';
import { gone } from '../auth/technicians.ts';
import { reopenCase } from '../cases/reopen.ts';
import { say } from '../cases/reply.ts';
import { closeCase, resolvedElsewhere } from '../cases/resolve.ts';
import { readCase } from '../cases/row.ts';
import { type Change, change, type Ground } from '../store/change.ts';
import type { ChatwootNews } from './chatwoot-event.ts';

/** What came of it. `refused`: why it did not reach the person; the agents read it in their conversation, too. */
export type Taken = { taken: z.infer<typeof taken>['taken'] } | { refused: string };

type Hook = { id: string; to: string };

/** Takes in what agents of a Chatwoot answer to a case that was carried there: each message once, whatever is told twice. */
export async function answerBack(ground: Ground, hook: Hook, news: ChatwootNews): Promise<Taken> {
  const find = ground.db.selectFrom('bridge').selectAll().where('hook', '=', hook.id).where('conversation', '=', news.conversation);
  const bridge = await find.executeTakeFirst();
  // A webhook of a whole account tells of every inbox.
  if (!bridge || (news.contact !== undefined && news.contact !== bridge.contact)) return { taken: 'nothing' };
  const { edge } = await readCase(ground.db, bridge.case);
  return change(
    ground,
    async (here): Promise<Taken> => {
      const row = await readCase(here.tx, bridge.case);
      const id = row.mergedInto ?? row.id;
      if (news.kind === 'status') return { taken: await follow(here, hook, { ...bridge, case: id }, news) };
      const why = news.kind === 'unfit' ? unfit[news.why] : await takeAnswer(here, hook, id, news);
      if (why === undefined) return { taken: 'reply' };
      await note(here, hook.id, bridge.case, news.message, why);
      return { refused: why };
    },
    [edge],
  );
}

const unfit = {
  attachment: 'Files cannot be shown at the machine. Please write it as text. · 设备端无法显示文件，请改用文字。',
  'too-long':
    'This is too long for the machine: at most 8,000 characters. Please send it in parts. · 内容过长（上限 8000 字），请分几条发送。',
};

/** @returns why the person does not get it */
async function takeAnswer(
  here: Change,
  hook: Hook,
  caseId: string,
  { message, text, agent }: ChatwootNews & { kind: 'answer' },
): Promise<string | undefined> {
  const id = `cw_${hook.id.replace(/^\w+_/, '')}_${message}`;
  await here.alone(`reply ${id}`);
  if (await here.tx.selectFrom('reply').select('id').where('id', '=', id).executeTakeFirst()) return undefined;
  const row = await readCase(here.tx, caseId);
  const desk = await deskOf(here, hook, agent);
  // The desk there holds nothing: whoever works here can take the case at any time, and then speaks alone.
  if (row.state === 'claimed' && row.technicianName !== null && row.technician !== desk.id)
    return `${row.technicianName} has this case in Wayside; your answer was not passed on. · 该工单由 ${row.technicianName} 在 Wayside 处理，您的回复未转发。`;
  await say(here, row, desk, { id, text });
  return undefined;
}

async function follow(
  here: Change,
  hook: Hook,
  bridge: { case: string; status: string },
  { status, agent, conversation }: ChatwootNews & { kind: 'status' },
): Promise<'resolved' | 'reopened' | 'nothing'> {
  if (bridge.status === status) return 'nothing';
  await here.tx.updateTable('bridge').set({ status }).where('hook', '=', hook.id).where('conversation', '=', conversation).execute();
  const row = await readCase(here.tx, bridge.case);
  const desk = await deskOf(here, hook, agent);
  if (status === 'open') {
    if (row.state !== 'resolved' || bridge.status !== 'resolved') return 'nothing';
    await reopenCase(here, row);
    return 'reopened';
  }
  if (row.state === 'resolved' || (row.technician !== null && row.technician !== desk.id)) return 'nothing';
  await closeCase(here, row, desk, { text: resolvedElsewhere, draft: false });
  return 'resolved';
}

/** One who stands for all agents of that desk where a technician must be named. Nothing lets them in, and the person reads the agent's own name. */
async function deskOf({ tx, now }: Change, { id: hook, to }: Hook, agent: string): Promise<Me> {
  const id = `desk_${hook}`;
  const name = `Chatwoot ${new URL(to).host} ${hook.slice(-4)}`;
  const row = { id, name, role: gone, tenant: everybody, languagesJson: '[]', password: '', createdAt: now };
  await tx
    .insertInto('technician')
    .values(row)
    .onConflict((c) => c.column('id').doNothing())
    .execute();
  return { id, name: agent, role: 'technician', tenant: everybody, languages: [] };
}

/** Said in the conversation there, once: an agent who only sees that a message failed does not know why. */
async function note(here: Change, hook: string, caseId: string, message: string, text: string): Promise<void> {
  const id = `note_${hook}_${message}`;
  if (await here.tx.selectFrom('delivery').select('id').where('id', '=', id).executeTakeFirst()) return;
  const body = { id: newId('ev', here.now), type: 'dev.wayside.bridge.note.v1', subject: caseId, data: { note: text } };
  const waiting = { at: here.now, state: 'waiting', tries: 0, nextAt: here.now, said: null };
  await here.tx
    .insertInto('delivery')
    .values({ id, hook, event: 'note', bodyJson: JSON.stringify(body), ...waiting })
    .execute();
  here.tell({ event: 'delivery', data: {} });
}
