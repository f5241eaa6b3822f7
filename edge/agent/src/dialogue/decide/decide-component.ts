import type { DtcReport, FaultReport } from '@wayside/contract';
import type { Component } from '@wayside/packs';
import type { Localized, Signal } from '@wayside/protocol';
import { signalsMeant } from '../../packs/signals-meant.ts';
import type { TalkedAbout } from '../respond-types.ts';
import { why } from './decide-why.ts';
import { gravest } from './graveness.ts';
import type { Move } from './move.ts';
import type { Situation } from './situation.ts';

/** A part of the machine was asked about, and nothing is wrong with that. */
export type ComponentMove = {
  kind: 'component';
  component: string;
  title: Localized;
  /** Those of its signals that the machine reports, what matters most first. */
  signals: readonly string[];
  /** Something else that shows: said in passing. `unsure`: only a code that is not confirmed, or one cause of several. */
  beside?: { fault: string; title: Localized; advice: Localized; unsure: boolean; code?: DtcReport };
};

/** How a part is: what is wrong with it, else what is measured of it, and in passing what shows elsewhere. Undefined for a part the pack does not know. */
export function partOf(situation: Situation, name: string): Move | undefined {
  const { thing, pack, faults } = situation;
  const component = pack?.components?.[name];
  if (!thing || !component) return undefined;
  const own = faults.filter(({ fault }) => component.faults.includes(fault));
  const worst = gravest(own);
  if (worst) return { kind: 'explain-fault', fault: worst, others: faults.filter((one) => one !== worst) };
  const whole = why(situation);
  const candidates = whole.kind === 'suspect' || whole.kind === 'unconfirmed' ? whole.candidates : [];
  if (candidates.some((one) => component.faults.includes(one))) return whole;
  const beside = besideOf(situation, gravest(faults), candidates[0], whole);
  return {
    kind: 'component',
    component: name,
    title: component.title,
    signals: reportedOf(component, thing),
    ...(beside ? { beside } : {}),
  };
}

/** The signals of a part that the machine reports, in the pack's order. */
export const reportedOf = ({ signals }: Pick<Component, 'signals'>, thing: TalkedAbout): string[] => [
  ...new Set(signals.flatMap((one) => signalsMeant(one, thing.signals)).filter((one) => thing.latest(one) !== undefined)),
];

/** Of several signals the one that a question for a figure means: the first that is a number. */
export const figureOf = (signals: readonly string[], known: Readonly<Record<string, Signal>>): string | undefined =>
  signals.find((one) => known[one]?.type === 'number') ?? signals[0];

/** What shows elsewhere is said once; what must stop, each time. */
function besideOf(
  { pack, state }: Situation,
  fault: FaultReport | undefined,
  candidate: string | undefined,
  whole: Move,
): ComponentMove['beside'] {
  const safety = fault?.safety ?? pack?.faults[candidate ?? '']?.safety;
  if (safety !== 'stop' && state.told.includes(fault?.fault ?? candidate ?? '')) return undefined;
  if (fault) return { fault: fault.fault, title: fault.title, advice: fault.safetyAdvice, unsure: false };
  const model = candidate === undefined ? undefined : pack?.faults[candidate];
  if (candidate === undefined || !model) return undefined;
  const code = whole.kind === 'unconfirmed' ? whole.codes[0] : undefined;
  return { fault: candidate, title: model.title, advice: model.safetyAdvice, unsure: true, ...(code ? { code } : {}) };
}
