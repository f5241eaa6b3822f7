import type { Grammar } from '../grammar/grammar.ts';

/**
 * What somebody tells in the middle of a step that is no word on how the step went: it is dangerous now, they broke something, a part is too hot or
 * does not move, a tool is missing, or they do not find what the step speaks of. In the order they are looked for: who broke a part that sat too tight
 * has broken it.
 */
export const midways = ['danger', 'broke', 'hot', 'lacks', 'jammed', 'where'] as const;
export type Midway = (typeof midways)[number];
export const midwayIntent = 'midway';

/** What a sentence tells in the middle of a step, by the packs' phrases; `step` asks which step it is, whatever else is said with it. */
export function midwayIn(text: string, grammar: Pick<Grammar, 'told'>): { midway: Midway | 'step'; hazard?: string } | undefined {
  const notSo = grammar.told(text, 'not-so');
  const told = grammar
    .told(text, midwayIntent)
    .filter(({ slots, at }) => slots.hazard === undefined || !notSo.some((one) => one.slots.of === 'sentence' || one.end <= at));
  const first = (['step', ...midways] as const).find((one) => told.some(({ slots }) => slots.midway === one));
  const hazard = told.find(({ slots }) => slots.midway === first)?.slots.hazard;
  return first && { midway: first, ...(hazard === undefined ? {} : { hazard }) };
}
