import { access, constants } from 'node:fs/promises';
import { WaysideError } from '@wayside/protocol';
import { makeFolder } from '@wayside/sqlite/make-folder';
import { asStorageFull } from './sources/source-context.ts';

/**
 * Makes a folder of the cache where it is not there, and proves that it can be written, before anything is fetched for it.
 * @throws WaysideError `invalid` when a file is in the way or the file system takes no folders, `forbidden` when it may not be written, `storage-full`, `internal`
 */
export async function cacheFolder(path: string): Promise<void> {
  try {
    await makeFolder(path);
    await access(path, constants.W_OK | constants.X_OK);
  } catch (error) {
    throw explainCache(error as NodeJS.ErrnoException, path);
  }
}

/** What the system said of a folder of the cache, as a sentence with what to do. */
export function explainCache(cause: NodeJS.ErrnoException, path: string): WaysideError {
  const full = asStorageFull(cause);
  if (full) return full;
  const choose = 'Set XDG_CACHE_HOME to a folder that can be written.';
  switch (cause.code) {
    case 'EEXIST':
    case 'ENOTDIR':
      return new WaysideError('invalid', `The cache ${path} is a file, or lies in one. ${choose}`, { cause });
    case 'ENOENT':
      return new WaysideError('invalid', `No cache can be made at ${path}: the file system there takes no folders. ${choose}`, { cause });
    case 'EROFS':
      return new WaysideError('forbidden', `The cache ${path} lies on a disk that can only be read. ${choose}`, { cause });
    case 'EACCES':
    case 'EPERM':
      return new WaysideError('forbidden', `The cache ${path} may not be written by this user. ${choose}`, { cause });
    default:
      return new WaysideError('internal', `The cache ${path} cannot be used (${cause.message}). ${choose}`, { cause });
  }
}
