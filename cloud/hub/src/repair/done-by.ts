import type { CommandReport, ConsentReport, Handoff, RepairReport } from '@wayside/contract';
import type { CaseView } from '../api/types.ts';
import type { Db } from '../store/schema.ts';
import { rateOf } from './rate.ts';

const mostShown = 50;

/** What was done to the machine of a case before a technician came: commands with consent, repairs with their verdict, how such repairs do. */
export async function doneBy(
  db: Db,
  { edge, session }: { edge: string; session: string },
  handoff: Handoff,
): Promise<Pick<CaseView, 'commands' | 'repairs' | 'rates'>> {
  const commands = await db
    .selectFrom('command')
    .select(['reportJson', 'consentJson'])
    .where('edge', '=', edge)
    .where('session', '=', session)
    .orderBy('id', 'desc')
    .limit(mostShown)
    .execute();
  const repairs = handoff.thing
    ? await db
        .selectFrom('repair')
        .select('reportJson')
        .where('edge', '=', edge)
        .where('thing', '=', handoff.thing.id)
        .orderBy('id', 'desc')
        .limit(mostShown)
        .execute()
    : [];
  const family = handoff.thing?.family;
  const procedures = new Set([
    ...handoff.steps.map(({ procedure }) => procedure),
    ...handoff.faults.flatMap(({ procedure }) => procedure ?? []),
  ]);
  const rates =
    family === undefined ? [] : await Promise.all([...procedures].slice(0, 20).map((procedure) => rateOf(db, family, procedure)));
  return {
    commands: commands.reverse().map(({ reportJson, consentJson }) => ({
      report: JSON.parse(reportJson) as CommandReport,
      ...(consentJson === null ? {} : { consent: JSON.parse(consentJson) as ConsentReport }),
    })),
    repairs: repairs.map(({ reportJson }) => JSON.parse(reportJson) as RepairReport),
    rates: rates.filter(({ tries }) => tries > 0),
  };
}
