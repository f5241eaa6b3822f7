import type { Turn } from '@wayside/contract';
import { id as idSchema, type Locale, newId, WaysideError } from '@wayside/protocol';
import type { Me } from '../api/types.ts';
import { insertArticle } from '../knowledge/write.ts';
import { partsOf } from '../queue/merge.ts';
import { change, type Ground } from '../store/change.ts';
import { readHandoff } from './row.ts';

const words = {
  en: { asked: 'Asked', right: 'The right answer', wrong: 'What the agent said' },
  zh: { asked: '问题', right: '正确的回答', wrong: '助手当时的回答' },
} as const;

/**
 * A technician says what the agent should have answered: that becomes a draft article, with the question it answers. The same turn corrected
 * again in other words is another draft; reviewing decides.
 * @throws WaysideError `not-found` unless the turn is an agent's answer in this case
 */
export function correctAnswer(ground: Ground, id: string, turnId: string, me: Me, text: string): Promise<{ id: string; locale: Locale }> {
  return change(ground, async (here) => {
    const handoff = await readHandoff(here.tx, id);
    const sessions = (await partsOf(here, id)).map(({ session }) => session);
    const said = await here.tx
      .selectFrom('turn')
      .innerJoin('case', 'case.edge', 'turn.edge')
      .select(['turn.turnJson', 'turn.place', 'turn.session'])
      .where('case.id', '=', id)
      .where('turn.session', 'in', sessions)
      .where('turn.id', '=', turnId)
      .where('turn.by', '=', 'agent')
      .executeTakeFirst();
    if (!said) throw new WaysideError('not-found', `There is no answer ${turnId} of the agent in this case.`);
    const answer = JSON.parse(said.turnJson) as Turn;
    const asked = await here.tx
      .selectFrom('turn')
      .select('text')
      .where('session', '=', said.session)
      .where('by', '=', 'operator')
      .where('place', '<', said.place)
      .orderBy('place', 'desc')
      .executeTakeFirst();
    const { locale } = handoff;
    const family = idSchema.safeParse(handoff.thing?.family).success ? (handoff.thing?.family as string) : 'general';
    const say = words[locale];
    const question = asked?.text ?? handoff.summary[locale];
    const draft = {
      id: newId('a', here.now).toLowerCase(),
      locale,
      title: line(question, 200),
      body: [`## ${say.asked}`, quote(question), `## ${say.right}`, text, `## ${say.wrong}`, quote(answer.text)]
        .join('\n\n')
        .slice(0, 50_000),
      family,
      faults: handoff.faults.slice(0, 1).flatMap(({ fault }) => (idSchema.safeParse(fault).success ? [fault] : [])),
      tags: ['correction'],
      sources: [`case ${id}`, `turn ${turnId}`],
      applies: [],
    };
    await insertArticle(here, draft, { by: me.name, origin: 'case', case: id });
    return { id: draft.id, locale };
  });
}

const line = (text: string, longest: number) => text.replace(/\s+/g, ' ').trim().slice(0, longest) || '-';

/** Somebody's words as a quotation: no markup in them is obeyed. */
const quote = (text: string) => `> ${line(text, 2000).replace(/[\\`*[\]<>#]/g, (c) => `\\${c}`)}`;
