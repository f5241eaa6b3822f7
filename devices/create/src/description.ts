import type { Plan } from './plan.ts';

/** The description as it goes over the wire, in every language the same. */
export function descriptionOf({ title, family, measures }: Plan) {
  return {
    title,
    family,
    signals: Object.fromEntries(
      measures.map(({ name, ...measure }) => {
        if (measure.type !== 'number') return [name, measure];
        const { title: called, type, unit, min, max } = measure;
        return [name, { title: called, type, ...(unit ? { unit } : {}), min, max }];
      }),
    ),
    actions: { identify: { title: 'Show which one it is', risk: 'R1', args: { times: { type: 'number', min: 1, max: 10 } } } },
  };
}

/** A healthy value of each signal, and how far the pretended machine lets it swing. */
export const rest = (measure: { min: number; max: number }) => ({
  level: round(measure.min + 0.4 * (measure.max - measure.min)),
  swing: round(0.05 * (measure.max - measure.min)),
  broken: round(measure.min + 0.97 * (measure.max - measure.min)),
});

export const round = (value: number): number => Number(value.toPrecision(6));
