import type { Watch } from '../../diagnosis/watch.ts';
import { gravest } from '../decide/graveness.ts';
import { coreFamily } from '../grammar/compile-grammar.ts';
import type { TalkedAbout } from '../respond-types.ts';
import type { Understanding } from './understand.ts';

/** The things a sentence names: by their whole title, else by the last word of an English one ("the pump"). */
export function namedIn(text: string, things: readonly TalkedAbout[]): TalkedAbout[] {
  const said = text.toLowerCase();
  const whole = things.filter(({ title }) => said.includes(title.toLowerCase()));
  if (whole.length > 0) return placedIn(said, whole);
  const words = new Set(said.match(/[\p{L}\p{N}]+/gu));
  return placedIn(
    said,
    things.filter(({ title }) => /^[a-z0-9]{3,}$/i.test(lastWord(title)) && words.has(lastWord(title))),
  );
}

/** Of several the ones whose place is told: "the heat pump in the cellar". */
function placedIn(said: string, named: TalkedAbout[]): TalkedAbout[] {
  const placed = named.filter(({ location }) => location !== undefined && said.includes(location.toLowerCase()));
  return placed.length > 0 ? placed : named;
}

/** The named ones, where they are several and the conversation was about none of them. */
export const unclearIn = (named: readonly TalkedAbout[], atHand: TalkedAbout | undefined): readonly TalkedAbout[] =>
  named.length > 1 && !(atHand && named.includes(atHand)) ? named : [];

const ordinals: readonly RegExp[] = [
  /\b(?:first|1st)\b|第一/i,
  /\b(?:second|2nd)\b|第二/i,
  /\b(?:third|3rd)\b|第三/i,
  /\b(?:fourth|4th)\b|第四/i,
];

/** Which place of a list is named, from 0; -1 where none is. */
export const placeIn = (text: string): number => ordinals.findIndex((one) => one.test(text));

/** The one of `things` that an answer to "which one?" tells: by its place, its name or its number in the list; undefined where it tells none. */
export function chosenIn(text: string, things: readonly TalkedAbout[]): TalkedAbout | undefined {
  const said = text.toLowerCase().trim();
  const by = (of: (thing: TalkedAbout) => string | undefined) => {
    const found = things.filter((one) => said.includes(of(one)?.toLowerCase() ?? '\u0000'));
    return found.length === 1 ? found[0] : undefined;
  };
  return (
    by(({ location }) => location) ?? by(({ title }) => title) ?? by(({ model }) => model) ?? by(({ id }) => id) ?? things[placeIn(said)]
  );
}

const lastWord = (title: string) => title.toLowerCase().split(' ').at(-1) ?? '';

/** The thing a sentence names; else the only one of the family it speaks of; else the one at hand. */
export function thingMeant(
  understanding: Understanding,
  atHand: TalkedAbout | undefined,
  things: readonly TalkedAbout[],
  named: readonly TalkedAbout[],
  watch: Watch,
): TalkedAbout | undefined {
  if (understanding.kind !== 'intent') return atHand ?? (named.length === 1 ? named[0] : undefined);
  const meant = named.length > 1 ? undefined : things.find((one) => one.id === understanding.slots.thing);
  const titled = meant ?? (named.length === 1 ? named[0] : undefined);
  if (titled) return titled;
  const { family } = understanding;
  if (family !== coreFamily && family !== atHand?.family) {
    const ofFamily = things.filter((one) => one.family === family);
    if (ofFamily.length === 1) return ofFamily[0];
  }
  if (atHand) return atHand;
  const worst = gravest(watch.faults())?.thing;
  return things.find((one) => one.id === worst);
}
