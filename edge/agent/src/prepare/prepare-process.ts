import { writeFile } from 'node:fs/promises';
import { serialize } from 'node:v8';
import { type ErrorCode, WaysideError } from '@wayside/protocol';
import { type Prepared, prepare } from './prepare.ts';

/** What the preparing process tells, once: what it prepared lies in the file it was given, or, where that could not be written, here. */
export type FromPreparing = { written: true } | { prepared: Prepared } | { refused: { code: ErrorCode; detail: string } };

const tell = (message: FromPreparing) => process.send!(message, () => process.disconnect());
const [root, installed, through] = process.argv.slice(2) as [string, string, string];

prepare(root, installed).then(
  (prepared) =>
    writeFile(through, serialize(prepared), { mode: 0o600 }).then(
      () => tell({ written: true }),
      () => tell({ prepared }),
    ),
  (error: Error) => tell({ refused: { code: error instanceof WaysideError ? error.code : 'internal', detail: error.message } }),
);
