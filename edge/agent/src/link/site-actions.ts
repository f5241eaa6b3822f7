import { action, id, signalName, type Value, value } from '@wayside/protocol';
import { z } from 'zod';
import type { Said } from './adapters/adapter.ts';

const most = 16;

/** An action the site declares for a thing that offers none itself: which of its signals are set, to a value or to what an argument says. */
const siteAction = action
  .extend({ sets: z.record(signalName, z.union([value, z.object({ arg: id }).strict()])) })
  .strict()
  .refine(({ sets }) => Object.keys(sets).length > 0 && Object.keys(sets).length <= most, `an action sets 1 to ${most} signals`)
  .refine(
    ({ sets, args }) => Object.values(sets).every((to) => typeof to !== 'object' || Object.hasOwn(args, to.arg)),
    'a signal is set to an argument that is not declared under args',
  );
export const actionsOfThing = z.record(id, siteAction);
/** By thing. */
export const siteActions = z.record(id, actionsOfThing);

export type SiteActions = {
  /** The same, with the actions the site declared for that thing. */
  declare(said: Said): Said;
  /** What one of them sets; undefined when the site declared none of that name. */
  settings(thing: string, name: string, args: Record<string, Value>): Record<string, Value> | undefined;
};

/**
 * Plants and vehicles tell what they measure, and let whoever may write there write anything. Here nothing is written but what the site declared as an
 * action, with its risk, its limits and what must hold; it then goes the way of every command, through consent, and the signal it sets shows the effect.
 */
export function createSiteActions(declared: z.infer<typeof siteActions>): SiteActions {
  return {
    declare(said) {
      const own = said.description && Object.hasOwn(declared, said.thing) ? declared[said.thing] : undefined;
      if (!said.description || !own) return said;
      const actions = Object.fromEntries(Object.entries(own).map(([name, one]) => [name, withReadBack(one)]));
      return { ...said, description: { ...said.description, actions: { ...said.description.actions, ...actions } } };
    },
    settings(thing, name, args) {
      const of = Object.hasOwn(declared, thing) ? declared[thing] : undefined;
      const sets = of && Object.hasOwn(of, name) ? of[name]?.sets : undefined;
      return sets && Object.fromEntries(Object.entries(sets).map(([signal, to]) => [signal, typeof to === 'object' ? args[to.arg]! : to]));
    },
  };
}

/** Where nothing else is said, the signal that is set shows that it was. */
function withReadBack({ sets, ...one }: z.infer<typeof siteAction>): z.infer<typeof action> {
  const [first, ...more] = Object.entries(sets);
  if (one.expect || !first || more.length > 0) return one;
  const [signal, to] = first;
  const shows = typeof to === 'object' ? { isArg: to.arg } : { is: to };
  // What is written as whole steps of a register may read a little otherwise.
  return { ...one, expect: { signal, tolerance: 0.01, within: '10s', ...shows } };
}
