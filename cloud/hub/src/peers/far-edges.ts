/** A hub that was not heard of for so long is taken for gone, and its edges with it. */
const silentMs = 8_000;

/** Which edges hold a socket at other hubs, as those have told. */
export function createFarEdges(now: () => number) {
  const hubs = new Map<string, { edges: Set<string>; heardAt: number }>();

  /** @returns whether the hub was not known before */
  function heard(hub: string): boolean {
    const known = hubs.get(hub);
    hubs.set(hub, { edges: known?.edges ?? new Set(), heardAt: now() });
    return known === undefined;
  }

  return {
    heard,
    /** @returns the edges for which that changed anything */
    update(hub: string, here: readonly string[], gone: readonly string[]): string[] {
      heard(hub);
      const edges = hubs.get(hub)?.edges ?? new Set();
      return [...here.filter((edge) => !edges.has(edge) && edges.add(edge)), ...gone.filter((edge) => edges.delete(edge))];
    },
    /** @returns the edges that were there */
    forget(hub: string): string[] {
      const edges = [...(hubs.get(hub)?.edges ?? [])];
      hubs.delete(hub);
      return edges;
    },
    silent: (): string[] => [...hubs].filter(([, { heardAt }]) => now() - heardAt > silentMs).map(([hub]) => hub),
    has: (edge: string): boolean => [...hubs.values()].some(({ edges }) => edges.has(edge)),
  };
}
