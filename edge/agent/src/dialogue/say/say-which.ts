import type { Locale } from '@wayside/protocol';
import type { TalkedAbout } from '../respond-types.ts';
import type { Said } from './answer-context.ts';
import { listed } from './wording.ts';

/** Asks which of several machines of one name is meant, each by what tells it from the others: where it stands, its name, its model, its id. */
export function sayWhich(things: readonly TalkedAbout[], locale: Locale): Said {
  const names = things.map((thing) => apart(thing, things));
  const asks =
    locale === 'zh'
      ? `这里有 ${things.length} 台这样的设备，您指的是哪一台？`
      : `There are ${things.length} machines like that here. Which one do you mean?`;
  return {
    parts: [asks, listed(names, locale)],
    rung: 'grammar',
    grounds: [asks, ...names],
    more: { choices: names.map((name) => ({ say: name, label: name })) },
  };
}

function apart(thing: TalkedAbout, things: readonly TalkedAbout[]): string {
  const names = [thing.location, thing.title, thing.model, thing.id];
  const tells = (of: (one: TalkedAbout) => string | undefined) => new Set(things.map(of)).size === things.length && of(thing) !== undefined;
  const [place, title, model, id] = names;
  if (tells((one) => one.location)) return `${place}`;
  if (tells((one) => one.title)) return `${title}`;
  return tells((one) => one.model) ? `${model}` : `${id}`;
}
