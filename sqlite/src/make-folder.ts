import { mkdir, stat } from 'node:fs/promises';
import { dirname, resolve } from 'node:path';

const isFolder = (path: string): Promise<boolean> =>
  stat(path).then(
    (found) => found.isDirectory(),
    () => false,
  );

/**
 * Makes a folder, and those it lies in, where they are not there. In place of Node's recursive `mkdir`, which never ends, and keeps a processor busy,
 * where a file system answers that a folder to be made in one that is there does not exist: below `/proc`, for one.
 * @param mode rights of each folder that is made; with the process's mask taken off, as ever
 * @throws NodeJS.ErrnoException what the system said: `EEXIST` or `ENOTDIR` when a file is in the way, `ENOENT` where no folder can be made
 */
export async function makeFolder(path: string, mode = 0o777): Promise<void> {
  const whole = resolve(path);
  if (await isFolder(whole)) return;
  const parent = dirname(whole);
  // Another may have made it, or what it lies in, meanwhile: then it is tried once more.
  const make = (lastly: boolean): Promise<unknown> =>
    mkdir(whole, { mode }).catch(async (error: NodeJS.ErrnoException) => {
      if (error.code === 'EEXIST' && (await isFolder(whole))) return;
      if (error.code !== 'ENOENT' || parent === whole || lastly) throw error;
      await makeFolder(parent, mode);
      await make(true);
    });
  await make(false);
}
