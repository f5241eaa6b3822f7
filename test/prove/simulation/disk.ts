import type { World } from './world.ts';

/** The process was killed, or its power cut: whatever it was at comes to nothing. */
export class Died extends Error {}

/**
 * A disk under a store. A transaction is on it when it was synced, and not before; of what was written and not synced, all from some transaction on is
 * gone when the power is cut.
 */
export type Disk = {
  /** As a process that runs from now to the next cut sees it. */
  open(): Handle;
  cut(): void;
};

export type Handle = {
  /** Carries out `work` as one transaction; resolves when it is on disk. @throws Died when the power was cut meanwhile */
  commit<T>(work: (undoBy: UndoBy) => T): Promise<T>;
  /** Looks at what is there. @throws Died */
  read<T>(look: () => T): Promise<T>;
  /** @throws Died */
  alive(): void;
};

/** Says how to take back what was just changed. */
export type UndoBy = (undo: () => void) => void;

/** @param lies syncs are not always carried out when they are asked for: a planted bug */
export function createDisk(world: World, lies = false): Disk {
  let life = 0;
  let unsynced: (() => void)[][] = [];
  const latency = () => world.sleep(world.below(4));
  return {
    open() {
      const mine = life;
      const alive = () => {
        if (mine !== life) throw new Died();
      };
      return {
        alive,
        async commit(work) {
          await latency();
          alive();
          const undo: (() => void)[] = [];
          const done = work((one) => undo.push(one));
          unsynced.push(undo);
          if (!lies || world.chance(0.1)) unsynced = [];
          if (world.chance(0.3)) await latency();
          alive();
          return done;
        },
        async read(look) {
          if (world.chance(0.2)) await latency();
          alive();
          return look();
        },
      };
    },
    cut() {
      life++;
      const kept = world.below(unsynced.length + 1);
      for (const transaction of unsynced.slice(kept).reverse()) for (const undo of transaction.reverse()) undo();
      unsynced = [];
    },
  };
}
