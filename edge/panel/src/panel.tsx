import { createContext, useContext, useSyncExternalStore } from 'react';
import type { Edge } from './api/edge.ts';
import type { Household } from './people/household.ts';
import type { ReachWatch } from './status/reach.ts';
import type { Site, SiteView } from './things/site.ts';

/** What every part of the panel stands on: the edge, the site it tells of, and whether it answers. */
export type Panel = { edge: Edge; site: Site; reach: ReachWatch; household: Household };

const Context = createContext<Panel | undefined>(undefined);

export const PanelProvider = Context.Provider;

export function usePanel(): Panel {
  const panel = useContext(Context);
  if (!panel) throw new Error('usePanel needs a PanelProvider above it');
  return panel;
}

export function useSite(): SiteView {
  const { site } = usePanel();
  return useSyncExternalStore(site.subscribe, site.snapshot);
}

export function useReach() {
  const { reach } = usePanel();
  return useSyncExternalStore(reach.subscribe, reach.snapshot);
}
