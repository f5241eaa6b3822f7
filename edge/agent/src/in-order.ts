/** Runs acts of one name one after the other, and acts of different names side by side. */
export function createInOrder(): <T>(name: string, act: () => Promise<T>) => Promise<T> {
  const tails = new Map<string, Promise<unknown>>();
  return (name, act) => {
    const before = tails.get(name) ?? Promise.resolve();
    const mine = before.then(act, act);
    const tail = mine.catch(() => {});
    tails.set(name, tail);
    void tail.then(() => {
      if (tails.get(name) === tail) tails.delete(name);
    });
    return mine;
  };
}
