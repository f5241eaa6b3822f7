import type { Pack } from '@wayside/packs';
import { parseSpan } from '@wayside/protocol';
import type { Watched } from './confirm.ts';
import type { Progress } from './progress.ts';

/**
 * What tells after a procedure whether it worked, and for how long it must stay away (ms); undefined when nothing of its fault shows in the data.
 * @param dtcs the codes of the thing
 */
export function watchedAfter(
  pack: Pack | undefined,
  progress: Pick<Progress, 'procedure' | 'fault' | 'showed'>,
  dtcs: readonly { code: string }[],
): { watched: Watched[]; needs: number } | undefined {
  const procedure = pack?.procedures[progress.procedure];
  const fault = progress.fault === undefined ? undefined : pack?.faults[progress.fault];
  if (!pack || !procedure || !fault) return undefined;
  const coded = codesShown(pack, Object.keys(fault.dtcs), dtcs);
  // Symptoms that never showed stay away whatever was done: then its codes tell, where there were any.
  const showed = progress.showed.length > 0 || coded.length > 0 ? progress.showed : Object.keys(fault.symptoms);
  const symptoms = (procedure.confirm.symptoms ?? showed).flatMap((ref) => {
    const symptom = pack.symptoms[ref];
    return symptom ? [{ ref, title: symptom.title, away: 0, there: 0 }] : [];
  });
  const watched = symptoms.length === 0 ? coded : symptoms;
  const least = symptoms.length === 0 ? (parseSpan(pack.monitorsRun?.for ?? '0s') as number) : 0;
  return watched.length === 0 ? undefined : { watched, needs: Math.max(parseSpan(procedure.confirm.for) as number, least) };
}

/** A fault that shows in codes alone is mended when they were cleared and stay so while the machine goes on talking. */
const codesShown = (pack: Pack, codes: readonly string[], dtcs: readonly { code: string }[]): Watched[] =>
  dtcs
    .filter(({ code }) => codes.includes(code))
    .map(({ code }) => ({ ref: code, title: pack.dtcs[code]?.title ?? { en: code, zh: code }, away: 0, there: 0 }));
