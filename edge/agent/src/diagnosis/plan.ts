import type { Pack } from '@wayside/packs';
import { ms, staleAfter } from './probes/probe.ts';

type Symptom = Pack['symptoms'][string];

/** What is the same for a symptom's detector on whatever signal it is set: compiled once for all things. */
export type Plan = {
  /** Its id in its pack. */
  symptom: string;
  detect: Symptom['detect'];
  doubts: boolean;
  /** It must last so long, ms. */
  hold: number;
  /** Over a longer silence nobody knows whether a number stayed past its limit, ms. */
  stale: number;
  /** Of what is missed: so many times its usual pause. */
  times: number;
  /** It looks at the door's marks, or at whether something was heard at all, not at values. */
  looksAtMarks: boolean;
  /** A state is told when it changes, so it stands for a while in silence; a number must be heard again. */
  onChangeOnly: boolean;
  /** One movement proves that a signal is not stuck; for other kinds, absence must last as long as presence would have to. */
  provedAtOnce: boolean;
};

const plans = new WeakMap<Symptom, Plan>();

export function planOf(symptom: string, of: Symptom): Plan {
  const known = plans.get(of);
  if (known?.symptom === symptom) return known;
  const { detect, doubts = false } = of;
  const hold = ms(detect.for);
  const plan: Plan = {
    symptom,
    detect,
    doubts,
    hold,
    stale: staleAfter(hold),
    times: 'times' in detect ? (detect.times ?? 0) : 0,
    looksAtMarks: detect.kind === 'quality' || detect.kind === 'missing' || detect.kind === 'silent',
    onChangeOnly: detect.kind === 'state',
    provedAtOnce: detect.kind === 'stuck',
  };
  plans.set(of, plan);
  return plan;
}
