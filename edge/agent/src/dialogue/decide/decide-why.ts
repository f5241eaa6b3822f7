import type { DtcReport, FaultReport } from '@wayside/contract';
import { worthNaming } from '../understand/guess.ts';
import { graveness, gravest, rankOf } from './graveness.ts';
import type { Move } from './move.ts';
import type { Situation } from './situation.ts';

/** How a machine is: what is wrong with it, or that nothing is. */
export function statusOf(situation: Situation): Move {
  const { faults, dtcs, elsewhere } = situation;
  return faults.length > 0 ? listOrExplain(faults, dtcs, elsewhere) : why(situation);
}

/** What is wrong, as far as it can be told. */
export function why(situation: Situation): Move {
  const { thing, pack, faults, dtcs, diagnosis, elsewhere } = situation;
  const stored = dtcs.filter((dtc) => dtc.state !== 'cleared');
  if (!thing) return elsewhere[0] ? { kind: 'explain-fault', fault: elsewhere[0], others: elsewhere.slice(1) } : { kind: 'no-thing' };
  const [fault, ...others] = [...faults].sort((a, b) => rankOf(b) - rankOf(a));
  // With nothing chosen, everything on site was asked about.
  if (fault) return { kind: 'explain-fault', fault, others: situation.state.thing === undefined ? [...others, ...elsewhere] : others };
  const unconfirmed = onlyUnconfirmed(situation);
  if (unconfirmed) return unconfirmed;
  const candidates = diagnosis.ranked.filter((one) => one.probability >= worthNaming).map((one) => one.fault);
  const unexplained = diagnosis.none > 0.8 ? diagnosis.unexplained : [];
  if (candidates.length > 0 || unexplained.some((one) => one.kind === 'symptom'))
    return { kind: 'suspect', candidates: candidates.slice(0, 3), unexplained };
  if (stored[0])
    return stored.length === 1 ? { kind: 'explain-dtc', code: stored[0].code } : { kind: 'list-faults', faults: [], dtcs: stored };
  // What is wrong elsewhere is told once; what must stop there, each time.
  const news = elsewhere.filter(({ fault: id, safety }) => safety === 'stop' || !situation.state.told.includes(id));
  return pack ? { kind: 'all-well', elsewhere: news } : { kind: 'unwatched' };
}

/** A code that was seen once, and nothing else, is no riddle: it points to a fault, and says by itself that it is not sure yet. */
function onlyUnconfirmed({ dtcs, diagnosis }: Situation): Extract<Move, { kind: 'unconfirmed' }> | undefined {
  const codes = dtcs.filter((dtc) => dtc.state === 'pending');
  const [likeliest, ...others] = diagnosis.ranked;
  const seen = diagnosis.findings.filter((one) => one.present);
  if (!likeliest || !seen.every(({ kind, ref }) => kind === 'dtc' && codes.some(({ code }) => code === ref))) return undefined;
  const candidates = [likeliest, ...others.filter((one) => one.probability >= worthNaming)].slice(0, 3);
  return { kind: 'unconfirmed', codes, candidates: candidates.map((one) => one.fault) };
}

/** Whether it may go on. Nothing being sure enough to be shown is not the same as nothing being wrong. */
export function safe(situation: Situation): Move {
  const { thing, pack, faults, elsewhere } = situation;
  if (thing && !pack) return { kind: 'unwatched' };
  if (!thing) return elsewhere[0] ? { kind: 'safe-answer', fault: gravest(elsewhere) } : { kind: 'no-thing' };
  if (faults.length === 0) return safeWithout(situation);
  const fault = gravest(faults);
  // What is not sure yet may be graver than what is.
  const unsure = safeWithout(situation);
  const graver =
    unsure.kind === 'safe-unclear' &&
    unsure.worst !== undefined &&
    fault &&
    graveness[pack!.faults[unsure.worst]!.safety] > graveness[fault.safety];
  return graver ? unsure : { kind: 'safe-answer', fault };
}

function safeWithout(situation: Situation): Move {
  const { diagnosis, dtcs, pack } = situation;
  const named =
    onlyUnconfirmed(situation)?.candidates ?? diagnosis.ranked.filter((one) => one.probability >= worthNaming).map(({ fault }) => fault);
  const possible = named.filter((fault) => pack?.faults[fault]);
  const stored = dtcs.some((dtc) => dtc.state === 'confirmed');
  const strange = diagnosis.unexplained.some((one) => one.kind === 'symptom');
  if (possible.length === 0 && !stored && !strange) return { kind: 'safe-answer', fault: undefined };
  const grave = (id: string) => graveness[pack!.faults[id]!.safety];
  return { kind: 'safe-unclear', worst: possible.sort((a, b) => grave(b) - grave(a))[0] };
}

const listOrExplain = (faults: readonly FaultReport[], dtcs: readonly DtcReport[], elsewhere: readonly FaultReport[]): Move =>
  faults.length === 1
    ? { kind: 'explain-fault', fault: faults[0]!, others: [...elsewhere] }
    : { kind: 'list-faults', faults: [...faults], dtcs: [...dtcs] };
