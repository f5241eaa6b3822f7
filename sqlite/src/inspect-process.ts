import { constants, setPriority } from 'node:os';
import { DatabaseSync } from 'node:sqlite';
import { pathToFileURL } from 'node:url';
import { tellsDiskTrouble } from './disk-trouble.ts';

/** A program: prints what is wrong with the structure of a database file, or `ok`. The file must stay as it is meanwhile; its log is not read. */
const file = pathToFileURL(process.argv[2] ?? '');
// No lock, so that whoever has the file open, for itself alone, goes on (sqlite.org/uri.html).
file.searchParams.set('immutable', '1');
// Whoever asks for help goes first.
setPriority(constants.priority.PRIORITY_LOW);

/** SQLITE_CORRUPT and SQLITE_NOTADB (sqlite.org/rescode.html). */
const damage = new Set([11, 26]);
try {
  const database = new DatabaseSync(file, { readOnly: true });
  const found = String(database.prepare('pragma quick_check(1)').get()?.quick_check);
  if (tellsDiskTrouble(found)) process.exitCode = 1;
  process.stdout.write(found);
} catch (error) {
  const { errcode = 0, message } = error as Error & { errcode?: number };
  if (!damage.has(errcode & 0xff)) throw error;
  process.stdout.write(message);
}
