import type { FaultReport } from '@wayside/contract';
import type { Pack, RequestKind } from '@wayside/packs';
import type { Diagnosis } from '../diagnosis/diagnose.ts';

/** What kind of request a sentence makes, and how hard the machine's trouble is. */
export type Assessment = {
  kind: RequestKind;
  /** Causes still thought possible. */
  causes: number;
  /** Steps of the repair that the likeliest cause calls for. */
  steps: number;
  /** Things seen that no cause we know explains, and one more while no cause is likelier than not. */
  unknowns: number;
  /** 0 (one plain cause, no repair, no danger) to 1. */
  complexity: number;
};

const plausible = 0.05;
const danger = { stop: 1, gently: 0.5, 'go-on': 0 } as const;

/**
 * How hard it is: each part grows to a point from which more makes no difference, and none alone makes a hard case. Weights are a judgement,
 * written here to be argued with: knowing too little weighs most, then that causes compete, then danger, then a long repair.
 */
export function assess(kind: RequestKind, diagnosis: Diagnosis, faults: readonly FaultReport[], pack: Pack | undefined): Assessment {
  const candidates = diagnosis.ranked.filter((one) => one.probability >= plausible);
  const causes = candidates.length;
  const likeliest = pack?.faults[candidates[0]?.fault ?? ''];
  const steps = pack?.procedures[likeliest?.procedure ?? '']?.steps.length ?? 0;
  const seen = causes > 0 || diagnosis.unexplained.length > 0;
  const unclear = seen && (candidates[0]?.probability ?? 0) < 0.5 ? 1 : 0;
  const unknowns = diagnosis.unexplained.length + unclear;
  const worst = Math.max(0, ...faults.map((one) => danger[one.safety]));
  const complexity = 0.3 * upTo(unknowns, 3) + 0.3 * upTo(causes - 1, 3) + 0.25 * worst + 0.15 * upTo(steps, 8);
  return { kind, causes, steps, unknowns, complexity: Number(complexity.toFixed(2)) };
}

/** 0 to 1 as `value` goes from 0 to `most`. */
const upTo = (value: number, most: number) => Math.min(1, Math.max(0, value / most));

const kinds: Record<string, RequestKind> = {
  emergency: 'emergency',
  person: 'person',
  howto: 'repair',
  mended: 'repair',
  command: 'command',
  undo: 'command',
  signal: 'information',
  dtc: 'information',
  why: 'diagnosis',
  status: 'diagnosis',
  safe: 'diagnosis',
  faults: 'diagnosis',
  known: 'diagnosis',
  observe: 'diagnosis',
};

/** The kind of request, by what was understood. In the middle of a repair, what is said belongs to it unless it is something else. */
export function kindOf(understanding: { kind: string; intent?: string }, repairing: boolean): RequestKind {
  if (understanding.kind === 'question') return 'information';
  if (understanding.kind === 'answer') return 'diagnosis';
  return kinds[understanding.intent ?? ''] ?? (repairing && understanding.kind === 'intent' ? 'repair' : 'talk');
}
