/** Which clients hear what devices say; commands, which only the edge sends, do not count. */
export type Listeners = {
  /** Before the subscription stands, so that no message slips by between. */
  add(client: string, filter: string): void;
  remove(client: string, filters: readonly string[]): void;
  forget(client: string): void;
  any(): boolean;
};

/** A filter below our own topics that may match something a device publishes. Filters that begin with a wildcard are refused elsewhere. */
const hearsDevices = (filter: string) => filter.startsWith('wayside/') && !filter.endsWith('/command');

export function createListeners(): Listeners {
  const byClient = new Map<string, Set<string>>();
  return {
    add(client, filter) {
      if (hearsDevices(filter)) byClient.set(client, (byClient.get(client) ?? new Set()).add(filter));
    },
    remove(client, filters) {
      const heard = byClient.get(client);
      for (const filter of filters) heard?.delete(filter);
      if (heard?.size === 0) byClient.delete(client);
    },
    forget: (client) => void byClient.delete(client),
    any: () => byClient.size > 0,
  };
}
