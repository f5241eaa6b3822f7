import type { Value } from './sample.ts';
import type { Action } from './thing.ts';

/** What is wrong with one argument. */
export type Misfit =
  | { argument: string; wrong: 'unknown' | 'missing' }
  | { argument: string; wrong: 'type'; type: 'number' | 'boolean' | 'string' }
  | { argument: string; wrong: 'low' | 'high'; limit: number; unit?: string }
  | { argument: string; wrong: 'state'; states: string[] };

/** The first argument that does not fit the action, or undefined when all do. Every declared argument must be there, and no other. */
export function misfitOf(action: Action, args: Record<string, Value>): Misfit | undefined {
  for (const argument of Object.keys(args)) {
    if (!Object.hasOwn(action.args, argument)) return { argument, wrong: 'unknown' };
  }
  for (const [argument, { type, min, max, states, unit }] of Object.entries(action.args)) {
    const value = Object.hasOwn(args, argument) ? args[argument] : undefined;
    const of = unit === undefined ? {} : { unit };
    if (value === undefined) return { argument, wrong: 'missing' };
    if (typeof value !== type) return { argument, wrong: 'type', type };
    if (typeof value === 'number' && min !== undefined && value < min) return { argument, wrong: 'low', limit: min, ...of };
    if (typeof value === 'number' && max !== undefined && value > max) return { argument, wrong: 'high', limit: max, ...of };
    if (typeof value === 'string' && states && !states.includes(value)) return { argument, wrong: 'state', states };
  }
  return undefined;
}

/** The same in words, for a log or a device's answer. */
export function misfit(action: Action, args: Record<string, Value>): string | undefined {
  const found = misfitOf(action, args);
  if (!found) return undefined;
  const named = `argument "${found.argument}"`;
  switch (found.wrong) {
    case 'unknown':
      return `unknown ${named}`;
    case 'missing':
      return `${named} is missing`;
    case 'type':
      return `${named} must be a ${found.type}`;
    case 'low':
    case 'high':
      return `${named} must be at ${found.wrong === 'low' ? 'least' : 'most'} ${found.limit}${found.unit ? ` ${found.unit}` : ''}`;
    case 'state':
      return `${named} must be one of ${found.states.join(', ')}`;
  }
}
