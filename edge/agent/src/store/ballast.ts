import { randomFillSync } from 'node:crypto';
import { open, rm } from 'node:fs/promises';
import { sizeOf } from './set-aside.ts';

const piece = 2 ** 16;

export type Ballast = {
  /** Looks at the disk; call every few seconds. @returns whether it is thrown off now */
  look(): Promise<boolean>;
  thrown(): boolean;
};

/**
 * A file that only takes up room. When a disk fills up, with whatever, it is thrown off, so that what people say and agree to can still be kept
 * while telemetry gives way; when there is room again it is taken back on board.
 * @param free bytes that are free on its disk
 */
export function createBallast(file: string, bytes: number, free: () => Promise<number>): Ballast {
  let thrown = false;

  async function take(): Promise<void> {
    const held = await sizeOf(file);
    if (held === bytes) return;
    const to = await open(file, 'w', 0o600);
    try {
      // Random, because a disk that compresses would keep zeros in no room at all. One buffer for all: the process would stay as large as they are.
      const load = Buffer.alloc(piece);
      for (let written = 0; written < bytes; written += piece) await to.write(randomFillSync(load), 0, Math.min(piece, bytes - written));
      await to.sync();
    } finally {
      await to.close();
    }
  }

  return {
    async look() {
      const room = await free();
      const held = await sizeOf(file);
      // Half of itself is the least that must be free; to take it on again there must be twice its size more, so that it does not go back and forth.
      if (room < bytes / 2) {
        if (held > 0) await rm(file, { force: true });
        thrown = true;
      } else if (held < bytes && room >= bytes * 2) {
        // It may fill up while this is written: then what was written goes again.
        await take().catch(() => rm(file, { force: true }));
        thrown = false;
      } else if (held === bytes) thrown = false;
      return thrown;
    },
    thrown: () => thrown,
  };
}
