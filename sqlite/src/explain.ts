import { WaysideError } from '@wayside/protocol';

/** The file is not what SQLite wrote: nothing more should be built on it. */
export class Damaged extends WaysideError {}

/** The disk answered with an error. It may be well the next time; nothing is known of the file. */
export class DiskError extends WaysideError {}

export const diskError = (file: string, message: string): DiskError =>
  new DiskError('internal', `The disk that holds ${file} answered with an error (${message}). Check the disk and its space.`, {
    cause: message,
  });

/** SQLite's primary result codes (sqlite.org/rescode.html) in our words. */
export function explain(code: number | undefined, message: string, file: string): Error {
  switch ((code ?? 0) & 0xff) {
    case 5:
    case 6:
      return new WaysideError('conflict', `Another process is using ${file}. Stop it, or start with another --data folder.`, {
        cause: message,
      });
    case 13:
      return new WaysideError('storage-full', `The disk that holds ${file} is full. Free some space; nothing acknowledged is lost.`, {
        cause: message,
      });
    case 11:
    case 26:
      return new Damaged('internal', `The store ${file} is damaged (${message}). Move it aside to start afresh.`, { cause: message });
    case 14:
      return new WaysideError(
        'internal',
        `The store ${file} cannot be opened (${message}). Check that its folder exists and may be written.`,
        { cause: message },
      );
    case 3:
    case 8:
      return new WaysideError(
        'internal',
        `The store ${file} may not be written (${message}). Check the rights of its folder and that its disk is not read-only.`,
        { cause: message },
      );
    case 10:
      return diskError(file, message);
    default:
      return new Error(`SQLite: ${message}`);
  }
}
