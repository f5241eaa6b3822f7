/** So many, a few hundred bytes each: more than a hub has edges. */
const most = 20_000;

/** What was found out lately of each key, so that it need not be found out again. Of who is not found nothing is kept. */
export function createRecent<Found>() {
  const kept = new Map<string, Found>();
  return {
    /** @param mayBeOld else it is found out anew */
    async get(key: string, mayBeOld: boolean, find: () => Promise<Found | undefined> | Found): Promise<Found | undefined> {
      const known = mayBeOld ? kept.get(key) : undefined;
      if (known !== undefined) return known;
      const found = await find();
      if (found === undefined) kept.delete(key);
      else kept.set(key, found);
      if (kept.size > most) kept.delete(kept.keys().next().value as string);
      return found;
    },
    forget: (key: string) => void kept.delete(key),
  };
}
