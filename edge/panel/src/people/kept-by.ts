type Keeper = Pick<Storage, 'getItem' | 'setItem'>;

const memories = new Map<string, Map<string, string>>();

/** What belongs to a visit is in this page's memory only, and goes with it. */
function memoryOf(person: string): Keeper {
  // Of an earlier guest nothing is left.
  for (const other of memories.keys()) if (other !== person) memories.delete(other);
  const memory = memories.get(person) ?? new Map<string, string>();
  memories.set(person, memory);
  return { getItem: (key) => memory.get(key) ?? null, setItem: (key, value) => void memory.set(key, value) };
}

/** Where this browser keeps the conversation of somebody: each in a place of their own, a guest nowhere. */
export function keptBy(person: string | undefined, store: Storage): Keeper {
  if (person === undefined) return store;
  if (person.startsWith('g_')) return memoryOf(person);
  return { getItem: (key) => store.getItem(`${key}@${person}`), setItem: (key, value) => store.setItem(`${key}@${person}`, value) };
}

/** Forgets what this browser kept of somebody who was erased. */
export function forgetKept(person: string, store: Storage): void {
  for (const key of Object.keys(store)) if (key.endsWith(`@${person}`)) store.removeItem(key);
}
