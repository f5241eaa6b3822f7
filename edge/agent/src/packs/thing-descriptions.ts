import type { Pack } from '@wayside/packs';
import { WaysideError, writeThingDescription, writeThingModel } from '@wayside/protocol';
import type { KnownThing } from '../link/registry.ts';
import { actionsOf } from './actions.ts';
import { modelOf } from './family.ts';

/** A W3C WoT Thing Description or Thing Model, as JSON. */
export type Described = Record<string, unknown>;

export type ThingDescriptions = {
  /** @param http the door the asker came by, so that the addresses within are ones that it can reach */
  of(thing: string, http: URL): Described;
  ofFamily(family: string): Described;
};

/** Things and families of this site in the words of the Web of Things. */
export function createThingDescriptions(parts: {
  edge: string;
  find(thing: string): KnownThing | undefined;
  packs: ReadonlyMap<string, Pack>;
  mqttPort(): number;
}): ThingDescriptions {
  const { edge, find, packs, mqttPort } = parts;
  return {
    of(thing, http) {
      const known = find(thing);
      if (!known) throw new WaysideError('not-found', `No thing ${thing} has spoken here.`);
      const { description } = known;
      const about = description ?? { title: thing, family: 'unknown' };
      return writeThingDescription(
        { ...about, signals: modelOf(known, packs), actions: actionsOf(description, packs.get(about.family)) },
        { id: `urn:wayside:${edge}:${thing}`, thing, http: `${http.origin}/`, mqtt: `mqtt://${http.hostname}:${mqttPort()}` },
      );
    },
    ofFamily(family) {
      const pack = packs.get(family);
      if (!pack) throw new WaysideError('not-found', `There is no pack of the family ${family} here.`);
      return writeThingModel(pack);
    },
  };
}
