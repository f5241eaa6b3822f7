import { createContext, useContext, useMemo, useSyncExternalStore } from 'react';
import type { Edge } from './api/edge.ts';
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
  return useMemo(
    () => ({ ...view, things: view.things?.map((thing) => (thing.titles ? { ...thing, title: thing.titles[locale] } : thing)) }),
    [view, locale],
  );
}

export function useReach() {
  const { reach } = usePanel();
  return useSyncExternalStore(reach.subscribe, reach.snapshot);
}
