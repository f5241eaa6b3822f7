import { createContext, useContext, useMemo, useSyncExternalStore } from 'react';
import type { Edge } from './api/edge.ts';
import type { Locale } from './api/types.ts';
import type { Household } from './people/household.ts';
import type { ReachWatch } from './status/reach.ts';
import type { Site, SiteView } from './things/site.ts';
import { useWords } from './words/words.tsx';

/** What every part of the panel stands on: the edge, the site it tells of, and whether it answers. */
export type Panel = { edge: Edge; site: Site; reach: ReachWatch; household: Household };

const Context = createContext<Panel | undefined>(undefined);

export const PanelProvider = Context.Provider;

export function usePanel(): Panel {
  const panel = useContext(Context);
  if (!panel) throw new Error('usePanel needs a PanelProvider above it');
  return panel;
}

/** The site, its things by their names in the language on the screen. */
export function useSite(): SiteView {
  const { site } = usePanel();
  const { locale } = useWords();
  const view = useSyncExternalStore(site.subscribe, site.snapshot);
  return useMemo(() => ({ ...view, things: view.things && toldApart(view.things, locale) }), [view, locale]);
}

/** Each by its name in a language, and by its id as well where two have one name. */
export function toldApart<T extends { id: string; title: string; titles?: Record<Locale, string> | undefined }>(
  things: readonly T[],
  locale: Locale,
): T[] {
  const nameOf = (thing: T) => thing.titles?.[locale] ?? thing.title;
  const shared = (name: string) => things.filter((other) => nameOf(other) === name).length > 1;
  return things.map((thing) => ({ ...thing, title: shared(nameOf(thing)) ? `${nameOf(thing)} (${thing.id})` : nameOf(thing) }));
}

export function useReach() {
  const { reach } = usePanel();
  return useSyncExternalStore(reach.subscribe, reach.snapshot);
}
