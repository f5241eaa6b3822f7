import type { Handoff } from './case.ts';

type Rules = Pick<Handoff, 'rule' | 'raised'>;

/** The rule of the emergency that the person told of last, when it was handed over or since. */
const alarmOf = ({ rule, raised }: Rules) => [raised?.rule, rule].find((one) => one?.id === 'emergency');

/** Did the person tell of an emergency, when it was handed over or since? Then what is still safe for the machine's faults is no answer. */
export const isEmergency = (handoff: Rules): boolean => alarmOf(handoff) !== undefined;

/** What a case is called in a list: which emergency it is, else its likeliest fault, else what it is about. */
export const titleOf = (handoff: Rules & Pick<Handoff, 'faults' | 'summary'>): Handoff['summary'] =>
  alarmOf(handoff)?.title ?? handoff.faults[0]?.title ?? handoff.summary;
