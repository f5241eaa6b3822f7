import { access, constants, mkdtemp, rmdir } from 'node:fs/promises';
import { join, resolve } from 'node:path';
import { WaysideError } from '@wayside/protocol';
import { makeFolder } from '@wayside/sqlite/make-folder';

/**
 * Makes the data folder when it is not there, and proves that it can be written, before anything is started in it.
 * @throws WaysideError `invalid` when a file is in the way or nothing can be kept there, `forbidden` when it may not be written, `storage-full`, `internal`
 */
export async function dataFolder(folder: string): Promise<void> {
  const path = resolve(folder);
  try {
    await makeFolder(path);
    await access(path, constants.W_OK | constants.X_OK);
    await takesFiles(path);
  } catch (error) {
    throw explain(error as NodeJS.ErrnoException, path);
  }
}

/** Rights alone do not tell: root has them below `/proc`, too. A disk that is full is for the stores, which know what to do. */
async function takesFiles(path: string): Promise<void> {
  const trial = await mkdtemp(join(path, '.trial-')).catch((error: NodeJS.ErrnoException) => {
    if (error.code === 'ENOSPC' || error.code === 'EDQUOT') return undefined;
    throw error;
  });
  if (trial) await rmdir(trial);
}

function explain(cause: NodeJS.ErrnoException, path: string): WaysideError {
  switch (cause.code) {
    case 'EEXIST':
    case 'ENOTDIR':
      return new WaysideError('invalid', `The data folder ${path} is a file, or lies in one. Choose a folder with --data.`, { cause });
    case 'EACCES':
    case 'EPERM':
    case 'EROFS':
      return new WaysideError(
        'forbidden',
        `The data folder ${path} may not be written by this user. Change its owner or rights, or choose another with --data.`,
        { cause },
      );
    case 'ENOENT':
      return new WaysideError(
        'invalid',
        `No data folder can be made at ${path}: the file system there takes no folders. Choose another place with --data.`,
        { cause },
      );
    case 'ENOSPC':
    case 'EDQUOT':
      return new WaysideError(
        'storage-full',
        `There is no space left for the data folder ${path}. Free some, or choose another disk with --data.`,
        {
          cause,
        },
      );
    default:
      return new WaysideError('internal', `The data folder ${path} cannot be used (${cause.message}). Choose another with --data.`, {
        cause,
      });
  }
}
