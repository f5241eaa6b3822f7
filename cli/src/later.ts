/**
 * What is made when it is first looked at: until then a shell stands for it, which then becomes it. For schemas: an edge has thousands, of which its start
 * asks few, and each is made by dozens of functions.
 * @param make what the shell becomes, properties, prototype and all; asked once
 */
export function later<T extends object>(make: () => T): T {
  const become = () => {
    const made = make();
    Object.defineProperties(shell, Object.getOwnPropertyDescriptors(made));
    Object.setPrototypeOf(shell, Object.getPrototypeOf(made));
  };
  // Behind the shell instead of around it: once it has become what it stands for, nothing of this is in the way.
  const behind = new Proxy(
    {},
    {
      get(_, key) {
        become();
        return Reflect.get(shell, key);
      },
      set(_, key, value) {
        become();
        return Reflect.set(shell, key, value);
      },
      has(_, key) {
        become();
        return Reflect.has(shell, key);
      },
    },
  );
  const shell = Object.create(behind) as T;
  return shell;
}
