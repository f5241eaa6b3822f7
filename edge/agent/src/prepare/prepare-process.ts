import { type ErrorCode, WaysideError } from '@wayside/protocol';
import { type Prepared, prepare } from './prepare.ts';

/** What the preparing process tells, once. */
export type FromPreparing = { prepared: Prepared } | { refused: { code: ErrorCode; detail: string } };

const tell = (message: FromPreparing) => process.send!(message, () => process.disconnect());
const [root, installed] = process.argv.slice(2) as [string, string];

prepare(root, installed).then(
  (prepared) => tell({ prepared }),
  (error: Error) => tell({ refused: { code: error instanceof WaysideError ? error.code : 'internal', detail: error.message } }),
);
