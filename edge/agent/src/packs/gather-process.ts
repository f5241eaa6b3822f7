import type { Loaded } from '@wayside/packs';
import { type ErrorCode, WaysideError } from '@wayside/protocol';
import { gatherPacks } from './gather.ts';

/** What the gathering process tells, once. */
export type FromGathering = { gathered: Loaded } | { refused: { code: ErrorCode; detail: string } };

const tell = (message: FromGathering) => process.send!(message, () => process.disconnect());
const [root, installed] = process.argv.slice(2) as [string, string];

gatherPacks(root, installed).then(
  (gathered) => tell({ gathered }),
  (error: Error) => tell({ refused: { code: error instanceof WaysideError ? error.code : 'internal', detail: error.message } }),
);
