import type { Watch } from '../../diagnosis/watch.ts';
import { gravest } from '../decide/graveness.ts';
import { coreFamily } from '../grammar/compile-grammar.ts';
import type { TalkedAbout } from '../respond-types.ts';
import type { Understanding } from './understand.ts';

/** The things a sentence names: by their whole title, else by the last word of an English one ("the pump"). */
export function namedIn(text: string, things: readonly TalkedAbout[]): TalkedAbout[] {
  const said = text.toLowerCase();
  const whole = things.filter(({ title }) => said.includes(title.toLowerCase()));
  if (whole.length > 0) return whole;
  const words = new Set(said.match(/[\p{L}\p{N}]+/gu));
  return things.filter(({ title }) => /^[a-z0-9]{3,}$/i.test(lastWord(title)) && words.has(lastWord(title)));
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
  if (understanding.kind !== 'intent') return atHand;
  const titled = things.find((one) => one.id === understanding.slots.thing) ?? (named.length === 1 ? named[0] : undefined);
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
