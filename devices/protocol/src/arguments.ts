import type { Value } from './sample.ts';
import type { Action } from './thing.ts';

/**
 * Why these arguments do not fit the action, or undefined when they do. Every declared argument must be there, and no other.
 */
export function misfit(action: Action, args: Record<string, Value>): string | undefined {
  for (const name of Object.keys(args)) {
    if (!Object.hasOwn(action.args, name)) return `unknown argument "${name}"`;
  }
  for (const [name, { type, min, max, states, unit }] of Object.entries(action.args)) {
    const value = Object.hasOwn(args, name) ? args[name] : undefined;
    const shown = (limit: number) => `${limit}${unit ? ` ${unit}` : ''}`;
    if (value === undefined) return `argument "${name}" is missing`;
    if (typeof value !== type) return `argument "${name}" must be a ${type}`;
    if (typeof value === 'number' && min !== undefined && value < min) return `argument "${name}" must be at least ${shown(min)}`;
    if (typeof value === 'number' && max !== undefined && value > max) return `argument "${name}" must be at most ${shown(max)}`;
    if (typeof value === 'string' && states && !states.includes(value)) return `argument "${name}" must be one of ${states.join(', ')}`;
  }
  return undefined;
}
