import type { Bias } from '@wayside/models';
import type { Pack } from '@wayside/packs';
import type { Locale } from '@wayside/protocol';
import { type Examples, familyIn } from '../dialogue/examples.ts';
import { spokenName } from '../dialogue/readable.ts';
import type { Registry } from '../link/registry.ts';
import { familyOf } from '../packs/family.ts';

/** A recognizer weighs each of them at every utterance. */
const most = 2_000;

/** What is likely to be said here: the things that are present by name, and what signals and signs of their families are called. */
export function createBias(
  examples: Examples,
  packs: ReadonlyMap<string, Pack>,
  registry: Pick<Registry, 'all'>,
): (locale: Locale) => Bias {
  return (locale) => {
    const things = registry.all();
    const families = new Set(things.map((thing) => familyOf(thing, packs)));
    const names = things.map(({ id, description }) => spokenName(description?.title ?? id));
    const called = [...families].flatMap((family) => (examples.get(familyIn(family, locale)) ?? []).map(({ text }) => text));
    return { phrases: [...new Set([...names, ...called])].slice(0, most) };
  };
}
