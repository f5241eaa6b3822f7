import type { Wording } from '@wayside/packs';
import type { TalkedAbout } from '../respond-types.ts';
import { anyOf } from './any-of.ts';

/** Is the sentence about a thing that is not ours? "Could you look at my dishwasher too?" A machine here that is called so is ours. */
export type AboutOther = (text: string, here: readonly Pick<TalkedAbout, 'title'>[]) => boolean;

type Patterns = { things: RegExp; when: RegExp; ours: RegExp };

/** Reads it by the core's words, of both languages since people mix; they are compiled when first wanted. */
export function createAboutOther(wording: Partial<Record<string, Wording>> = {}): AboutOther {
  let known: Patterns[] | undefined;
  return (text, here) => {
    known ??= Object.values(wording).flatMap((one) => (one?.others ? [compiled(one.others)] : []));
    const named = known.flatMap(({ things, when }) => [...text.replace(when, ' ').matchAll(things)].map(([name]) => name.toLowerCase()));
    if (named.length === 0) return false;
    const left = known.reduce((rest, { things }) => rest.replace(things, ' '), text);
    if (known.some(({ ours }) => left.search(ours) >= 0)) return false;
    return !here.some(({ title }) => named.some((name) => title.toLowerCase().includes(name)));
  };
}

const compiled = (others: NonNullable<Wording['others']>): Patterns => ({
  things: anyOf(others.things),
  when: anyOf(others.when),
  ours: anyOf(others.ours),
});
