import type { Handoff } from '@wayside/contract';
import type { Locale, Localized } from '@wayside/protocol';
import { sql } from 'kysely';
import type { FaultCluster, QuestionCluster } from '../api/types.ts';
import { gist, likeness } from '../knowledge/likeness.ts';
import type { Db } from '../store/schema.ts';

const dayMs = 86_400_000;
const mostCases = 2_000;
const mostClusters = 30;
/** Two questions that share a third of their words are one. */
const alike = 0.33;

/** By what the queue holds of a case, 0 to 3; by how much must stop. */
const severities = ['info', 'advice', 'warning', 'danger'] as const;
const safeties = ['go-on', 'gently', 'stop'] as const;

type Asked = { id: string; at: number; family: string; locale: Locale; said: string; faults: string[] };
type Group = { words: Set<string>; members: Asked[] };

/** What people were handed over with in the last `days`, like to like: what the agent could not answer alone. The most asked first. */
export async function questionClusters(db: Db, now: number, days: number): Promise<QuestionCluster[]> {
  const groups: Group[] = [];
  for (const asked of await askedOf(db, now - days * dayMs)) {
    const words = gist(asked.said);
    if (words.size === 0) continue;
    const fits = groups
      .filter(({ members: [first] }) => first?.family === asked.family && first.locale === asked.locale)
      .map((group) => ({ group, likeness: likeness(words, group.words) }))
      .filter((one) => one.likeness >= alike)
      .toSorted((a, b) => b.likeness - a.likeness)[0];
    if (fits) fits.group.members.push(asked);
    else groups.push({ words, members: [asked] });
  }
  return groups
    .filter(({ members }) => members.length > 1)
    .map(({ members }) => {
      const [newest] = members as [Asked];
      return {
        question: newest.said,
        questions: [...new Set(members.map(({ said }) => said))].slice(0, 10),
        family: newest.family,
        locale: newest.locale,
        faults: [...new Set(members.flatMap(({ faults }) => faults))].slice(0, 10),
        count: members.length,
        ...trendOf(
          members.map(({ at }) => at),
          now,
          days,
        ),
        cases: members.map(({ id }) => id).slice(0, 50),
      };
    })
    .toSorted((a, b) => b.count - a.count)
    .slice(0, mostClusters);
}

/** How many in the newer and in the older half of the time looked at. */
const trendOf = (times: readonly number[], now: number, days: number) => {
  const recent = times.filter((at) => at > now - (days * dayMs) / 2).length;
  return { recent, before: times.length - recent };
};

/** The newest first, so that a cluster is named by what was asked last. */
async function askedOf(db: Db, since: number): Promise<Asked[]> {
  const rows = await db
    .selectFrom('case')
    .select(['id', 'openedAt', 'family', 'locale', 'topFault'])
    .select([
      sql<string | null>`json_extract("case"."handoffJson", '$.brief.said[0]')`.as('brief'),
      sql<string>`json_extract("case"."handoffJson", '$.transcript')`.as('transcript'),
    ])
    .where('openedAt', '>', since)
    .orderBy('openedAt', 'desc')
    .limit(mostCases)
    .execute();
  return rows.flatMap(({ id, openedAt, family, locale, topFault, brief, transcript }) => {
    const turns = JSON.parse(transcript) as Handoff['transcript'];
    const said = brief ?? turns.find(({ by }) => by === 'operator')?.text;
    if (said === undefined) return [];
    const faults = topFault === null ? [] : [topFault];
    return [{ id, at: openedAt, family: family ?? 'general', locale: locale as Locale, said: said.slice(0, 300), faults }];
  });
}

/** Which faults bring people to the desk, by model and firmware; the most first. */
export async function faultClusters(db: Db, now: number, days: number): Promise<FaultCluster[]> {
  const since = now - days * dayMs;
  const topSafety = sql<string | null>`json_extract("case"."handoffJson", '$.faults[0].safety')`;
  const thing = (part: string) => sql<string | null>`json_extract("case"."handoffJson", ${`$.thing.${part}`})`;
  const rows = await db
    .selectFrom('case')
    .select(['topFault', 'family'])
    .select((e) => [
      thing('maker').as('maker'),
      thing('model').as('model'),
      thing('firmware').as('firmware'),
      e.fn.max('topFaultTitleJson').as('titleJson'),
      e.fn.countAll<number>().as('count'),
      // The gravest of them: a warning to all of that model must not sound lighter than what was seen.
      e.fn.max('case.severity').as('severity'),
      sql<number>`max(case ${topSafety} when 'stop' then 2 when 'gently' then 1 else 0 end)`.as('safety'),
      sql<number>`count(distinct "case".edge)`.as('edges'),
      sql<number>`count(*) filter (where "case"."openedAt" > ${now - (days * dayMs) / 2})`.as('recent'),
      sql<number>`count(*) filter (where "case".state = 'resolved')`.as('resolved'),
    ])
    .where('topFault', 'is not', null)
    .where('openedAt', '>', since)
    .groupBy(['topFault', 'family', 'maker', 'model', 'firmware'])
    .orderBy('count', 'desc')
    .orderBy('topFault')
    .limit(mostClusters)
    .execute();
  return rows.map(({ topFault, family, maker, model, firmware, titleJson, severity, safety, count, edges, recent, resolved }) => ({
    fault: topFault as string,
    title: JSON.parse(titleJson as string) as Localized,
    family: family ?? 'general',
    maker,
    model,
    firmware,
    severity: severities[Number(severity ?? 1)] ?? 'advice',
    safety: safeties[Number(safety)] ?? 'go-on',
    count: Number(count),
    recent: Number(recent),
    before: Number(count) - Number(recent),
    resolved: Number(resolved),
    edges: Number(edges),
  }));
}
