import type { Bias } from '@wayside/models';
import type { Pack } from '@wayside/packs';
import type { Locale } from '@wayside/protocol';
import { familyIn } from '../dialogue/understand/examples.ts';
import { spokenName } from '../dialogue/understand/readable.ts';
import type { Registry } from '../link/registry.ts';
import { familyOf } from '../packs/family.ts';
import { type Sayings, sayingsOf } from './site-phrases.ts';

/** A recognizer weighs each of them at every utterance. */
const most = 4_000;

/** What is likely to be said here: the things that are present by name, and the sentences their families are told. */
export function createBias(sayings: Sayings, packs: ReadonlyMap<string, Pack>, registry: Pick<Registry, 'all'>): (locale: Locale) => Bias {
  return (locale) => {
    const things = registry.all();
    const families = new Set(things.map((thing) => familyOf(thing, packs)));
    const names = things.map(({ id, description }) => spokenName(description?.title ?? id));
    const said = [...families].flatMap((family) => sayingsOf(sayings.get(familyIn(family, locale))));
    return { names, phrases: [...new Set([...names, ...said])].slice(0, most) };
  };
}
