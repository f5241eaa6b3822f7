import type { Handoff } from './case.ts';

type Rules = Pick<Handoff, 'rule' | 'raised'>;

/** The rule of the emergency that the person told of last, when it was handed over or since. */
const alarmOf = ({ rule, raised }: Rules) => [raised?.rule, rule].find((one) => one?.id === 'emergency');

/** Did the person tell of an emergency, when it was handed over or since? Then what is still safe for the machine's faults is no answer. */
export const isEmergency = (handoff: Rules): boolean => alarmOf(handoff) !== undefined;

/** What a case is called in a list: which emergency it is, else its likeliest fault, else the trouble in the person's own words. */
export function titleOf(handoff: Rules & Pick<Handoff, 'faults' | 'summary' | 'brief'>): Handoff['summary'] {
  const said = handoff.brief?.said.at(-1);
  const theirWords = said === undefined ? undefined : { en: `“${said}”`, zh: `“${said}”` };
  return alarmOf(handoff)?.title ?? handoff.faults[0]?.title ?? theirWords ?? handoff.summary;
}
