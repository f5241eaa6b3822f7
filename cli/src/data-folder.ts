import { access, constants, mkdir } from 'node:fs/promises';
import { resolve } from 'node:path';
import { WaysideError } from '@wayside/protocol';

/**
 * Makes the data folder when it is not there, and proves that it can be written, before anything is started in it.
 * @throws WaysideError `invalid` when a file is in the way, `forbidden` when it may not be written, `storage-full`, `internal`
 */
export async function dataFolder(folder: string): Promise<void> {
  const path = resolve(folder);
  try {
    await mkdir(path, { recursive: true });
    await access(path, constants.W_OK | constants.X_OK);
  } catch (error) {
    throw explain(error as NodeJS.ErrnoException, path);
  }
}

function explain(cause: NodeJS.ErrnoException, path: string): WaysideError {
  switch (cause.code) {
    case 'EEXIST':
    case 'ENOTDIR':
      return new WaysideError('invalid', `The data folder ${path} is a file, or lies in one. Choose a folder with --data.`, { cause });
    case 'EACCES':
    case 'EPERM':
    case 'EROFS':
    // What a recursive mkdir answers on a read-only disk.
    case 'ENOENT':
      return new WaysideError(
        'forbidden',
        `The data folder ${path} may not be written by this user. Change its owner or rights, or choose another with --data.`,
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
