import type { Pack } from '@wayside/packs';
import type { Signal } from '@wayside/protocol';
import type { KnownThing } from '../link/registry.ts';

/** The signals of a thing: what it declared, or what its family has. Empty for a thing nobody described. */
export function modelOf(thing: KnownThing | undefined, packs: ReadonlyMap<string, Pack>): Record<string, Signal> {
  const described = thing?.description;
  return described?.signals ?? packs.get(described?.family ?? '')?.thing.signals ?? {};
}
