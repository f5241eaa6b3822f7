/** What a value is: a number, true or false, or a state. */
export type Type = 'number' | 'boolean' | 'string';

/** How the unit of a result follows from the first argument's. `none` says nothing about it. */
type UnitRule = 'same' | 'difference' | 'per-minute' | 'times-hours' | 'none' | { fixed: string };

type Signature = {
  /** What each argument must be; `any` takes all types, `span` a literal span of time. The last may be repeated when `many`. */
  args: ('number' | 'boolean' | 'counted' | 'span' | 'any')[];
  many?: boolean;
  /** `branches`: that of the last two arguments, or the last alone after a condition. */
  type: Type | 'branches' | 'first';
  unit: UnitRule;
  /** Its arguments measure one thing, so their units must agree. */
  alike?: boolean;
};

/**
 * The functions of derived signals. Those below the line remember something of the past: a window of at most a few dozen
 * slices, or one running total. They have no value before their window is four fifths full.
 */
export const functions: Record<string, Signature> = {
  min: { args: ['number', 'number'], many: true, type: 'number', unit: 'same', alike: true },
  max: { args: ['number', 'number'], many: true, type: 'number', unit: 'same', alike: true },
  abs: { args: ['number'], type: 'number', unit: 'same' },
  /** The number, held between a low and a high end. */
  clamp: { args: ['number', 'number', 'number'], type: 'number', unit: 'same', alike: true },
  /** if(condition, then, else) */
  if: { args: ['boolean', 'any', 'any'], type: 'branches', unit: 'none' },
  /** when(condition, x): x while the condition holds, unknown while it does not. */
  when: { args: ['boolean', 'any'], type: 'branches', unit: 'none' },
  /** either(x, instead): x, or what stands instead of it while it is unknown. */
  either: { args: ['any', 'any'], type: 'branches', unit: 'none' },

  /** What it was at the sample before. */
  previous: { args: ['any'], type: 'first', unit: 'same' },
  /** Change per minute: the least-squares slope over the last span. */
  rate: { args: ['number', 'span'], type: 'number', unit: 'per-minute' },
  /** Mean over the last span; of a condition the part of that time it held, 0 to 1. */
  mean: { args: ['counted', 'span'], type: 'number', unit: 'same' },
  /** By how much it has changed over the last span. */
  delta: { args: ['number', 'span'], type: 'number', unit: 'difference' },
  /** Seconds for which the condition has held without a break; 0 while it does not. */
  since: { args: ['boolean'], type: 'number', unit: { fixed: 's' } },
  /** Hours during which the condition held, in all. */
  hours: { args: ['boolean'], type: 'number', unit: { fixed: 'h' } },
  /** The number summed over time in hours: A becomes Ah, kW becomes kWh. */
  integral: { args: ['number'], type: 'number', unit: 'times-hours' },
};
